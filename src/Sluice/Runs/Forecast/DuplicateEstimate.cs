namespace Sluice.Runs.Forecast;

/// <summary>
/// How many rows of a whole repeat an earlier one, from a sample of it. Repeats grow with the pool: a pair is seen only when both of its rows are in the sample, so a
/// sample of a share f sees a share f² of the pairs that lie apart. Rows that lie together are seen together and count as they are.
/// </summary>
internal static class DuplicateEstimate
{
    // Beyond that the correction for large groups rests on too little.
    private const double MostPerGroup = 3;

    /// <summary>Rows that repeat an earlier one, of all rows.</summary>
    /// <param name="groups">Rows that say the same: for each of them how many rows of the sample, and at how many places.</param>
    /// <param name="sampled">Rows of the sample.</param>
    /// <param name="total">Rows of the whole.</param>
    /// <param name="places">Places of the sample: with one alone no pair that lies apart can be seen.</param>
    public static Interval Of(IReadOnlyList<(int Rows, int Places)> groups, long sampled, double total, int places)
    {
        if (sampled == 0)
        {
            return Interval.Exact(0);
        }

        double seen = groups.Sum(g => (double)g.Rows - 1);
        double f = Math.Min(1, sampled / Math.Max(1, total));
        if (f >= 1)
        {
            return Interval.Exact(seen);
        }

        // The chance that the place of a second row is drawn too, of places that are drawn without putting them back.
        double second = Math.Max(0, (places - 1) / ((places / f) - 1));
        double near = groups.Sum(g => (double)g.Rows - g.Places);
        int twice = groups.Count(g => g.Places == 2);
        int thrice = groups.Count(g => g.Places == 3);
        double often = groups.Where(g => g.Places > 3).Sum(g => (g.Places / f) - 1);
        Interval together = new Interval(near, Limits95.PoissonFrom(near), Limits95.PoissonTo(near)) * (1 / f);
        double least = Limits95.PoissonFrom(twice);
        double most = Limits95.PoissonTo(twice);
        double ratio = twice == 0 ? 0 : (double)thrice / twice;
        // Few groups of three among many pairs may be chance: the upper end takes every group for a pair, of which the most were missed.
        Interval apart = second <= 0 ? new Interval(0, 0, total)
            : new Interval(Apart(twice, ratio, f), Apart(least, ratio * 2, f), Apart(most, 0, f) + (thrice * ((3 / f) - 1))) * (f / second);
        Interval all = together + apart + new Interval(often, often * 0.8, often * 1.25);
        return all.Within(seen, Math.Max(seen, total - (sampled - seen)));
    }

    // Rows that repeat in groups of a common size s, when so many of the groups were met at two places. By the binomial law met-thrice : met-twice = (s-2) f : 3 (1-f),
    // which gives s; a group is met twice with probability s(s-1)/2 f² (1-f)^(s-2) and holds s-1 repeats.
    private static double Apart(double twice, double thricePerTwice, double f)
    {
        double over = Math.Min(3 * thricePerTwice * (1 - f) / f, MostPerGroup / f);
        return twice * 2 / ((2 + over) * f * f * Math.Pow(1 - f, over));
    }
}
