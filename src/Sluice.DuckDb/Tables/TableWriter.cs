using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>
/// Writes columns through a temporary table, which the library moves to disk when it outgrows its memory, and one COPY. The table's rows lie in fixed groups,
/// so the same columns give the same bytes whatever the number of threads.
/// </summary>
internal static class TableWriter
{
    private const string Table = "columns_to_write";

    public static void Write(DuckDbApi api, Connection connection, string path, TableKind kind, IReadOnlyList<NamedColumn> columns)
    {
        ColumnFiller[] fillers = [.. columns.Select(column => ColumnFiller.For(column.Data))];
        connection.Execute($"CREATE TEMP TABLE {Table} ({string.Join(", ", columns.Select((column, i) => $"{Sql.Name(column.Name)} {fillers[i].SqlType}"))})");
        Fill(api, connection, fillers, columns[0].Data.Count);
        long bytes = RowGroups.Bytes(columns) + fillers.OfType<MadeTextFiller>().Sum(filler => filler.Bytes);
        connection.Execute(kind == TableKind.Csv
            ? $"COPY {Table} TO {Sql.Output(path)} (FORMAT csv, HEADER true)"
            : Parquet($"SELECT * FROM {Table}", path, RowGroups.Size(bytes, columns[0].Data.Count)));
    }

    /// <summary>The statement that writes the rows of a query to a Parquet file.</summary>
    /// <param name="query">The rows.</param>
    /// <param name="path">The file.</param>
    /// <param name="groupRows">Rows a group (<see cref="RowGroups"/>).</param>
    public static string Parquet(string query, string path, long groupRows) =>
        $"COPY ({query}) TO {Sql.Output(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {groupRows})";

    private static unsafe void Fill(DuckDbApi api, Connection connection, ColumnFiller[] fillers, int rows)
    {
        var types = new NativeHandle[fillers.Length];
        try
        {
            for (int i = 0; i < types.Length; i++)
            {
                types[i] = Type(api, fillers[i]);
            }

            using TableAppender appender = connection.Append(Table, [.. types.Select(type => type.Value)]);
            for (int start = 0; start < rows; start += appender.Capacity)
            {
                int count = Math.Min(appender.Capacity, rows - start);
                for (int i = 0; i < fillers.Length; i++)
                {
                    fillers[i].Fill(appender[i], start, count);
                }

                appender.Flush(count);
            }

            appender.Complete();
        }
        finally
        {
            Array.ForEach(types, type => type?.Dispose());
        }
    }

    private static unsafe NativeHandle Type(DuckDbApi api, ColumnFiller filler)
    {
        NativeHandle element = new(api.Types.Create((int)filler.Element), api.Types.Destroy);
        if (!filler.IsList)
        {
            return element;
        }

        using (element)
        {
            return new NativeHandle(api.Types.CreateList(element.Value), api.Types.Destroy);
        }
    }
}
