namespace Sluice.Selection.Clustering;

/// <summary>Rows from the middle of each cluster's values: Cherry's choice of pre-experienced samples (arXiv 2308.12032, section 2.1; <c>data_by_cluster.py</c>).</summary>
internal static class MiddleRows
{
    /// <summary>
    /// The indices chosen among one cluster's values, ascending: all of them when there are fewer than <paramref name="each"/>; else, of those with values between the two
    /// percentiles (both included), every (number / each)-th up to <paramref name="each"/>, or all when they are fewer.
    /// </summary>
    /// <param name="values">The cluster's values, none NaN, in row order.</param>
    /// <param name="each">Rows wanted.</param>
    /// <param name="low">Lower percentile, 0 to 100.</param>
    /// <param name="high">Upper percentile, 0 to 100.</param>
    public static int[] Choose(double[] values, int each, double low, double high)
    {
        if (values.Length < each)
        {
            return [.. Enumerable.Range(0, values.Length)];
        }

        double[] sorted = [.. values.Order()];
        double from = Percentile(sorted, low);
        double to = Percentile(sorted, high);
        int[] middle = [.. Enumerable.Range(0, values.Length).Where(i => values[i] >= from && values[i] <= to)];
        int step = Math.Max(1, middle.Length / each);
        return [.. middle.Where((_, place) => place % step == 0).Take(each)];
    }

    /// <summary>A percentile as numpy's default gives it: linear between the two nearest values.</summary>
    /// <param name="sorted">Values in ascending order, at least one.</param>
    /// <param name="percent">0 to 100.</param>
    public static double Percentile(double[] sorted, double percent)
    {
        double place = percent / 100 * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);
        double share = place - below;
        double width = sorted[above] - sorted[below];

        // From the nearer end, as numpy does, so that the last bits agree.
        return share >= 0.5 ? sorted[above] - (width * (1 - share)) : sorted[below] + (width * share);
    }
}
