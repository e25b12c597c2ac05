using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>Reads what was said out of the pool's own rows, a segment at a time and its rows side by side.</summary>
internal sealed class PoolTexts(PoolReader pool, IRowParser parser, int workers) : IRowTexts
{
    /// <inheritdoc/>
    public string[] Answers(IReadOnlyList<long> rows, CancellationToken token)
    {
        string[] answers = new string[rows.Count];
        SourceFile[] files = [.. pool.Plan.Files.Select(f => f.ToSource())];
        foreach (IGrouping<int, int> places in Enumerable.Range(0, rows.Count).GroupBy(i => pool.SegmentOf(rows[i])).OrderBy(g => g.Key))
        {
            SegmentRows segment = pool.SegmentRows(places.Key);
            long first = pool.Records[places.Key].FirstRow;
            int[] at = [.. places];
            Parallel.For(0, at.Length, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = workers }, i =>
            {
                int index = (int)(rows[at[i]] - first);
                RowOrigin origin = segment.Origin(index);
                ParseOutcome outcome = parser.Parse(new RawRow(origin, segment.Read(index)), files[origin.File], new TextArena());
                Sample sample = outcome.Sample ?? throw new InvalidDataException($"Row {rows[at[i]]} of the pool no longer parses: {outcome.Reason} Run 'sluice verify' on {pool.Folder}.");
                answers[at[i]] = string.Join('\n', sample.Turns.Where(t => t.Role == Role.Assistant).Select(t => t.Text.ToString()));
            });
            pool.Release(places.Key);
        }

        return answers;
    }
}
