namespace Sluice.Selection.TagCoverage;

/// <summary>How the share of tags covered (InsTag, arXiv 2308.07074, section 3.3: diversity) grows with each row chosen.</summary>
/// <param name="Rank">Numbers of rows chosen, ascending; the last is all of them.</param>
/// <param name="Coverage">For each the different tags of so many rows divided by those of all rows (0 to 1).</param>
internal sealed record CoverageCurve(int[] Rank, double[] Coverage)
{
    // Half of the points evenly spaced, half by equal factors: most tags are covered by the first rows.
    private const int PointsOfAKind = 128;

    /// <summary>The curve of rows in order of their choice, at no more than 256 ranks.</summary>
    public static CoverageCurve Of(TagSets sets, int[] order)
    {
        int[] ranks = Ranks(order.Length);
        double[] coverage = new double[ranks.Length];
        double different = Math.Max(1, sets.Counts().Count(static c => c > 0));
        bool[] seen = new bool[sets.Tags];
        int covered = 0;
        int at = 0;
        for (int i = 0; i < order.Length; i++)
        {
            foreach (int tag in sets[order[i]])
            {
                covered += seen[tag] ? 0 : 1;
                seen[tag] = true;
            }

            if (at < ranks.Length && ranks[at] == i + 1)
            {
                coverage[at++] = covered / different;
            }
        }

        return new CoverageCurve(ranks, coverage);
    }

    /// <summary>
    /// The coverage to be expected of as many rows drawn at random without repeats: a tag of d among n rows is missed by k rows with probability
    /// C(n - d, k) / C(n, k), the product over i below d of (n - k - i) / (n - i).
    /// </summary>
    public static double AtRandom(TagSets sets, int chosen)
    {
        int[] counts = [.. sets.Counts().Where(static c => c > 0).Order()];
        double missed = 1;
        double sum = 0;
        int rows = 0;
        foreach (int count in counts)
        {
            for (; rows < count; rows++)
            {
                missed *= Math.Max(0, sets.Rows - chosen - rows) / (double)(sets.Rows - rows);
            }

            sum += 1 - missed;
        }

        return counts.Length == 0 ? 0 : sum / counts.Length;
    }

    private static int[] Ranks(int count)
    {
        SortedSet<int> ranks = [];
        for (int i = 1; count > 0 && i <= PointsOfAKind; i++)
        {
            ranks.Add(Math.Max(1, (int)((long)i * count / PointsOfAKind)));
            ranks.Add(Math.Clamp((int)Math.Round(Math.Pow(count, (double)i / PointsOfAKind)), 1, count));
        }

        return [.. ranks];
    }
}
