using Sluice.Selection.TagCoverage;

namespace Sluice.Selection.Tagging;

/// <summary>Finds the sets of tags that stand together in many rows: FP-Growth (Han, Pei and Yin, SIGMOD 2000).</summary>
internal static class FrequentPatterns
{
    /// <summary>Every set of at most <paramref name="maxItems"/> tags that <paramref name="minSupport"/> rows hold, in a fixed order.</summary>
    /// <param name="sets">The rows' tags.</param>
    /// <param name="minSupport">Rows at least, 1 or more.</param>
    /// <param name="maxItems">Tags of a set at most, 1 or more. The number of sets may grow with its power.</param>
    /// <param name="token">Stops the work.</param>
    public static List<ItemSet> Mine(TagSets sets, int minSupport, int maxItems, CancellationToken token)
    {
        int[] counts = sets.Counts();
        int[] byRank = [.. Enumerable.Range(0, sets.Tags).Where(t => counts[t] >= minSupport).OrderByDescending(t => counts[t])];
        int[] rank = new int[sets.Tags];
        Array.Fill(rank, -1);
        for (int i = 0; i < byRank.Length; i++)
        {
            rank[byRank[i]] = i;
        }

        List<(int[] Items, int Count)> rows = new(sets.Rows);
        List<int> kept = [];
        for (int row = 0; row < sets.Rows; row++)
        {
            kept.Clear();
            foreach (int tag in sets[row])
            {
                if (rank[tag] >= 0)
                {
                    kept.Add(rank[tag]);
                }
            }

            if (kept.Count > 0)
            {
                kept.Sort();
                rows.Add(([.. kept], 1));
            }
        }

        List<ItemSet> found = [];
        Grow(new PatternTree(rows), [], minSupport, maxItems, found, token);
        return [.. found.Select(f => new ItemSet([.. f.Items.Select(i => byRank[i]).Order()], f.Support))];
    }

    private static void Grow(PatternTree tree, int[] suffix, int minSupport, int maxItems, List<ItemSet> found, CancellationToken token)
    {
        foreach (int item in tree.Items)
        {
            token.ThrowIfCancellationRequested();
            int[] items = [item, .. suffix];
            found.Add(new ItemSet(items, tree.Support(item)));
            if (items.Length + 1 == maxItems)
            {
                // The last item needs no tree of its own.
                found.AddRange(tree.CountsBefore(item).Where(c => c.Value >= minSupport).Select(c => new ItemSet([c.Key, .. items], c.Value)));
            }
            else if (items.Length < maxItems)
            {
                List<(int[] Items, int Count)> before = Frequent(tree.Before(item), tree.CountsBefore(item), minSupport);
                if (before.Count > 0)
                {
                    Grow(new PatternTree(before), items, minSupport, maxItems, found, token);
                }
            }
        }
    }

    private static List<(int[] Items, int Count)> Frequent(List<(int[] Items, int Count)> paths, SortedDictionary<int, int> counts, int minSupport)
    {
        List<(int[] Items, int Count)> frequent = [];
        foreach ((int[] items, int count) in paths)
        {
            int[] kept = [.. items.Where(i => counts[i] >= minSupport)];
            if (kept.Length > 0)
            {
                frequent.Add((kept, count));
            }
        }

        return frequent;
    }
}
