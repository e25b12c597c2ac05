namespace Sluice.Records;

/// <summary>Streams the rows of Parquet files as JSON objects. The only implementation binds DuckDB (<c>Sluice.DuckDb</c>).</summary>
public interface IParquetRows
{
    /// <summary>Rows in the file and in each of its row groups, from the footer alone. Throws <see cref="InvalidDataException"/> naming file and fault when the footer is broken.</summary>
    ParquetShape ReadShape(string path);

    /// <summary>
    /// Streams rows from <paramref name="firstRow"/> (0-based) on, in file order, each as one JSON object in UTF-8 whose fields keep the file's order and
    /// types (lists and structs nested; null kept). The memory of a chunk belongs to the callee until the next MoveNext. Memory does not
    /// grow with the file. Throws <see cref="InvalidDataException"/> with file and row when a page cannot be read.
    /// </summary>
    IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRows(string path, long firstRow, CancellationToken token);
}
