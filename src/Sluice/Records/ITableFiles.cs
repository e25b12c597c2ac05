namespace Sluice.Records;

/// <summary>Reads and writes columnar files. The only implementation binds DuckDB (<c>Sluice.DuckDb</c>).</summary>
public interface ITableFiles
{
    /// <summary>
    /// Writes columns of equal length as a new file; the kind follows the ending: <c>.parquet</c> (zstd), <c>.jsonl</c> or <c>.csv</c>.
    /// The same columns give the same bytes. <see cref="VectorData"/> is written as a list of floats.
    /// Throws <see cref="IOException"/> with the library's message when the file cannot be written.
    /// </summary>
    void Write(string path, IReadOnlyList<NamedColumn> columns);

    /// <summary>
    /// Reads the named columns (null: all) of a <c>.parquet</c>, <c>.jsonl</c> or <c>.csv</c> file, rows in file order. Integers of any width become
    /// <see cref="IntegerData"/>, other numbers and decimals <see cref="NumberData"/>, booleans 0/1 integers, lists of numbers or texts their list
    /// kinds, everything else text. Throws <see cref="InvalidDataException"/> naming file and column when a column is absent or a list holds neither.
    /// </summary>
    IReadOnlyList<NamedColumn> Read(string path, IReadOnlyList<string>? columns);

    /// <summary>
    /// Reads the named columns of many <c>.parquet</c> files that were written alike, the rows of one after those of the other: one question for all of them, where one a file
    /// costs more than the values of a small one. Throws what <see cref="Read"/> throws, naming the file, and <see cref="InvalidDataException"/> when one holds another number of rows.
    /// </summary>
    /// <param name="files">Each file and the rows it must hold.</param>
    /// <param name="columns">At least one column, there in each file and of the same type.</param>
    IReadOnlyList<NamedColumn> ReadJoined(IReadOnlyList<(string Path, long Rows)> files, IReadOnlyList<string> columns);

    /// <summary>Writes a JSON Lines file again as Parquet (zstd), types inferred over all of its rows, row order and field order kept.</summary>
    void ConvertJsonLinesToParquet(string jsonLinesPath, string parquetPath);
}
