using System.Runtime.ExceptionServices;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Reads a column segment by segment, several at once: files are small, and a query over one costs more than its values.</summary>
internal static class ColumnChunks
{
    /// <summary>Different texts that are shared among rows.</summary>
    public const int MostShared = 65536;
    private const int MostAtOnce = 4;

    /// <summary>The chunks of a column, one a segment and in their order. Throws what <paramref name="read"/> throws.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="read">Reads the column in one of them; called from several threads.</param>
    /// <param name="texts">How many different texts there are; <see cref="MostShared"/> when no more are told apart.</param>
    public static IReadOnlyList<ColumnData> Read(IReadOnlyList<LedgerRecord> segments, Func<LedgerRecord, ColumnData> read, out int texts)
    {
        ColumnData[] chunks = new ColumnData[segments.Count];
        try
        {
            Parallel.For(0, chunks.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, MostAtOnce) }, i => chunks[i] = read(segments[i]));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        Dictionary<string, string> known = new(StringComparer.Ordinal);
        foreach (ColumnData chunk in chunks)
        {
            Share(chunk, known);
        }

        texts = known.Count;
        return chunks;
    }

    // A million rows share a few dozen categories: one string each, not one a row.
    private static void Share(ColumnData data, Dictionary<string, string> known)
    {
        if (data is TextData texts)
        {
            for (int i = 0; i < texts.Values.Length; i++)
            {
                if (texts.Values[i] is not { } text)
                {
                    continue;
                }

                if (known.TryGetValue(text, out string? same))
                {
                    texts.Values[i] = same;
                }
                else if (known.Count < MostShared)
                {
                    known[text] = text;
                }
            }
        }
    }
}
