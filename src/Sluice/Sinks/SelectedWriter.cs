using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;

namespace Sluice.Sinks;

/// <summary>Writes the chosen rows in order, every original field untouched.</summary>
internal static class SelectedWriter
{
    public const string JsonLines = "selected.jsonl";
    public const string Parquet = "selected.parquet";

    public static void Write(OutputFolder output, PoolReader pool, IReadOnlyList<long> selected, OutputFormat format, ITableFiles tables, CancellationToken token)
    {
        using (DiskFile stream = output.Create(JsonLines))
        {
            foreach (long row in selected)
            {
                token.ThrowIfCancellationRequested();
                stream.Write(pool.ReadRow(row));
                stream.WriteByte((byte)'\n');
            }

            stream.Flush();
        }

        if (format == OutputFormat.Parquet)
        {
            string lines = output.PathOf(JsonLines);
            output.Native(Parquet, path => tables.ConvertJsonLinesToParquet(lines, path));
            output.Discard(JsonLines);
        }
    }
}
