using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Records;

namespace Sluice.Runs;

/// <summary>Reads what was said out of the pool's own rows, a segment at a time and its rows side by side.</summary>
internal sealed class PoolTexts(PoolReader pool, IRowParser parser, int workers) : IRowTexts
{
    /// <inheritdoc/>
    public string[] Answers(IReadOnlyList<long> rows, CancellationToken token)
    {
        string[] answers = new string[rows.Count];
        foreach (IGrouping<int, int> asked in Enumerable.Range(0, rows.Count).GroupBy(i => pool.SegmentOf(rows[i])).OrderBy(g => g.Key))
        {
            long first = pool.Records[asked.Key].FirstRow;
            int[] at = [.. asked];
            SegmentSamples.Parse(pool, asked.Key, [.. at.Select(i => (int)(rows[i] - first))], parser, workers, (i, sample) =>
                answers[at[i]] = string.Join('\n', sample.Turns.Where(t => t.Role == Role.Assistant).Select(t => t.Text.ToString())), token);
        }

        return answers;
    }
}
