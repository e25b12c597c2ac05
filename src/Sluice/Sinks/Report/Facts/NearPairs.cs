using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Sinks.Report.Facts;

/// <summary>The near-duplicates that were hardest to call: the pairs least alike among those over the threshold.</summary>
internal sealed record NearPairs
{
    /// <summary>Rows that repeat another exactly.</summary>
    public required long Exact { get; init; }

    /// <summary>Rows that nearly repeat another.</summary>
    public required long Near { get; init; }

    /// <summary>Pairs with the lowest similarity, lowest first; ties by row.</summary>
    public required IReadOnlyList<(long Row, long Of, double Similarity)> Least { get; init; }

    /// <summary>Finds the pairs; null when the pool does not say what repeats what.</summary>
    public static NearPairs? Of(PoolReader pool, int count)
    {
        if (pool.Rows == 0 || !pool.Has(PoolColumns.DuplicateOf) || !pool.Has(PoolColumns.Similarity)
            || pool.Column(PoolColumns.DuplicateOf) is not IntegerData { Values: var of } || pool.Column(PoolColumns.Similarity) is not NumberData { Values: var similarity })
        {
            return null;
        }

        long exact = 0;
        long near = 0;
        PriorityQueue<(long Row, long Of, double Similarity), (double Similarity, long Row)> least = new(
            Comparer<(double Similarity, long Row)>.Create(static (a, b) => b.CompareTo(a)));
        for (long row = 0; row < of.Length; row++)
        {
            if (of[row] < 0 || of[row] >= of.Length)
            {
                continue;
            }

            if (!(similarity[row] < 1))
            {
                exact++;
                continue;
            }

            near++;
            least.Enqueue((row, of[row], similarity[row]), (similarity[row], row));
            if (least.Count > count)
            {
                least.Dequeue();
            }
        }

        return new NearPairs
        {
            Exact = exact,
            Near = near,
            Least = [.. least.UnorderedItems.Select(p => p.Element).OrderBy(p => p.Similarity).ThenBy(p => p.Row)],
        };
    }
}
