using System.Runtime.ExceptionServices;
using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Writes columns by one COPY of a scan over them. One thread reads and writes, so the same columns give the same bytes.</summary>
internal static class TableWriter
{
    public static void Write(DuckDbApi api, Connection connection, string path, TableKind kind, IReadOnlyList<NamedColumn> columns)
    {
        int rows = columns[0].Data.Count;
        using ColumnScan scan = new(api, [.. columns.Select(column => column.Name)], [.. columns.Select(column => ColumnFiller.For(column.Data))], rows);
        try
        {
            connection.Execute(kind == TableKind.Csv
                ? $"COPY (SELECT * FROM {scan.Source}) TO {Sql.Output(path)} (FORMAT csv, HEADER true)"
                : Parquet($"SELECT * FROM {scan.Source}", path, RowGroups.Size(RowGroups.Bytes(columns), rows)));
        }
        catch (DuckDbException) when (scan.Fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    /// <summary>The statement that writes the rows of a query to a Parquet file.</summary>
    /// <param name="query">The rows.</param>
    /// <param name="path">The file.</param>
    /// <param name="groupRows">Rows a group (<see cref="RowGroups"/>).</param>
    public static string Parquet(string query, string path, long groupRows) =>
        $"COPY ({query}) TO {Sql.Output(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {groupRows})";
}
