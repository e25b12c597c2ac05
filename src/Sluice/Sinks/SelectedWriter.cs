using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Sinks;

/// <summary>Writes the chosen rows in order, every original field untouched.</summary>
internal static class SelectedWriter
{
    public const string JsonLines = "selected.jsonl";
    public const string Parquet = "selected.parquet";

    public static void Write(OutputFolder output, PoolReader pool, IReadOnlyList<long> selected, OutputFormat format, ITableFiles tables, CancellationToken token)
    {
        string path = output.Begin(JsonLines);
        using (FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            foreach (long row in selected)
            {
                token.ThrowIfCancellationRequested();
                stream.Write(pool.ReadRow(row));
                stream.WriteByte((byte)'\n');
            }
        }

        if (format == OutputFormat.Parquet)
        {
            tables.ConvertJsonLinesToParquet(path, output.Begin(Parquet));
            output.Discard(JsonLines);
        }
    }
}
