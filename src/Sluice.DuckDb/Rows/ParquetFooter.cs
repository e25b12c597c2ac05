using Sluice.DuckDb.Interop;
using Sluice.DuckDb.Rows.Pages;
using Sluice.Records;

namespace Sluice.DuckDb.Rows;

/// <summary>Reads what the footer of a Parquet file says. Without the library, to which three questions about a small file are dearer than its rows.</summary>
internal static class ParquetFooter
{
    /// <summary>Rows, row groups and top-level columns, by the names that the file gives them: those of the library may differ (a, A_1).</summary>
    public static ParquetShape Read(Connection connection, string path)
    {
        if (PageCheck.Shape(path) is not var (rows, groups, columns))
        {
            // Of a file without a footer the library itself says what it is instead.
            connection.Execute($"SELECT num_rows FROM parquet_file_metadata({Sql.Input(path)})");
            throw new InvalidDataException($"Cannot read '{path}': it has no footer.");
        }

        return rows == groups.Sum()
            ? new ParquetShape(rows, groups, columns)
            : throw new InvalidDataException($"The footer of '{path}' contradicts itself: found {rows} rows in all and {groups.Sum()} in its {groups.Count} row groups.");
    }
}
