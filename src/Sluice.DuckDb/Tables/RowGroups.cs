using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>
/// How many rows a group of a Parquet file gets. The library holds a group in memory to write or read it, and counts rows, not bytes; so rows of many bytes need
/// smaller groups. It depends on the rows alone, so the same rows give the same file.
/// </summary>
internal static class RowGroups
{
    private const long GroupBytes = 32 << 20;
    private const long MostRows = 122880;
    private const long Step = 2048;
    private const int MostSampled = 8192;

    /// <summary>Rows a group.</summary>
    /// <param name="bytes">Bytes of all rows.</param>
    /// <param name="rows">Number of rows.</param>
    public static long Size(long bytes, long rows) => Math.Clamp(GroupBytes / Math.Max(1, bytes / Math.Max(1, rows)) / Step * Step, Step, MostRows);

    /// <summary>Bytes of all rows of some columns, about. Of texts that are made as they are written a few thousand are made for it, spread over all rows.</summary>
    public static long Bytes(IEnumerable<NamedColumn> columns) => columns.Sum(column => column.Data switch
    {
        VectorData { Values: var values } => values.Length * 4L,
        TextData { Values: var values } => values.Sum(TextBytes),
        TextListData { Values: var values } => values.Sum(list => 16L + (list?.Sum(text => 16L + text.Length) ?? 0)),
        MadeTextData made => Sampled(made),
        NumberListData { Values: var values } => values.Sum(list => 16L + ((list?.Length ?? 0) * 8L)),
        _ => column.Data.Count * 8L,
    });

    private static long Sampled(MadeTextData made)
    {
        int count = Math.Min(made.Count, MostSampled);
        long bytes = 0;
        for (int i = 0; i < count; i++)
        {
            bytes += TextBytes(made.Text((int)((long)i * made.Count / count)));
        }

        return (long)((double)bytes * made.Count / Math.Max(1, count));
    }

    private static long TextBytes(string? text) => 16L + (text?.Length ?? 0);
}
