using Sluice.Sources;

namespace Sluice.Runs.Forecast;

/// <summary>
/// Reads files that cannot be entered (compressed ones, JSON arrays) from end to end, where together they are short enough: framing alone is many times faster than
/// scoring. Their rows are then counted, and the sample's places lie anywhere in them.
/// </summary>
internal static class ThroughReading
{
    /// <summary>Unpacked bytes of all such files together up to which they are read: some seconds.</summary>
    public const double MostBytes = 1024.0 * 1024 * 1024;

    private const int CountedRows = 512;

    /// <summary>Reads them and draws the places' rows. The survey comes back with the counts, the rows by file in the order of the file.</summary>
    /// <param name="sources">Reads files.</param>
    /// <param name="files">The survey.</param>
    /// <param name="plan">The sample.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <param name="token">Ends the reading.</param>
    public static async Task<(IReadOnlyList<SurveyedFile> Files, IReadOnlyDictionary<int, Queue<RawChunk>> Drawn)> RunAsync(
        ISource sources, IReadOnlyList<SurveyedFile> files, SamplePlan plan, int seed, CancellationToken token)
    {
        Dictionary<int, Queue<RawChunk>> drawn = [];
        if (plan.IsWhole || files.Where(f => !f.CanEnter).Sum(f => f.TextBytes) > MostBytes)
        {
            return (files, drawn);
        }

        Random random = new(seed);
        List<SurveyedFile> counted = [.. files];
        for (int i = 0; i < counted.Count; i++)
        {
            if (counted[i].CanEnter)
            {
                continue;
            }

            SamplePlace[] places = [.. plan.Places.Where(p => p.File == i)];
            int rows = places.Length == 0 ? CountedRows : places[0].Rows;
            (long Number, RawChunk Chunk)[] kept = new (long, RawChunk)[places.Length];
            long chunks = 0;
            long count = 0;
            await foreach (RawChunk chunk in sources.ReadAsync(counted[i].File, SourcePosition.Start, rows, long.MaxValue, token))
            {
                count += chunk.Rows.Count;
                // Vitter's algorithm R: every stretch of the file is as likely as any other to be kept, however many there turn out to be.
                long at = chunks < kept.Length ? chunks : random.NextInt64(chunks + 1);
                chunks++;
                if (at < kept.Length && chunk.Rows.Count > 0)
                {
                    kept[at].Chunk?.Dispose();
                    kept[at] = (chunks, chunk);
                }
                else
                {
                    chunk.Dispose();
                }
            }

            drawn[i] = new Queue<RawChunk>(kept.Where(k => k.Chunk is not null).OrderBy(k => k.Number).Select(k => k.Chunk));
            counted[i] = counted[i] with { Rows = count, LikelyRows = count };
        }

        return (counted, drawn);
    }
}
