using Sluice.DuckDb.Interop;
using Sluice.DuckDb.Rows;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Reads columns of many Parquet files that were written alike, as one table.</summary>
internal sealed class JoinedReader(Connection connection, IReadOnlyList<(string Path, long Rows)> files, bool binaryAsText)
{
    /// <summary>The named columns, the rows of one file after those of the other.</summary>
    public IReadOnlyList<NamedColumn> Read(IReadOnlyList<string> names)
    {
        foreach ((string path, long rows) in files)
        {
            ParquetShape shape = ParquetFooter.Read(connection, path);
            if (shape.Rows != rows)
            {
                throw new InvalidDataException($"Found {shape.Rows} rows in '{path}', expected {rows}.");
            }
        }

        string source = $"read_parquet([{string.Join(", ", files.Select(file => Sql.Input(file.Path)))}], hive_partitioning = false, binary_as_string = {(binaryAsText ? "true" : "false")})";
        return TableReader.Columns(connection, source, names, files[0].Path, checked((int)files.Sum(static file => file.Rows)));
    }
}
