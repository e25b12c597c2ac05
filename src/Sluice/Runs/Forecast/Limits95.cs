namespace Sluice.Runs.Forecast;

/// <summary>Limits of 95 % intervals.</summary>
internal static class Limits95
{
    private const double Normal = 1.959964;

    // Student's t at 0.975, by degrees of freedom from 1 on.
    private static readonly double[] s_t =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    ];

    /// <summary>Half-width of a mean's interval in standard errors. Without a degree of freedom there is no telling: infinite.</summary>
    public static double Student(int degrees) => degrees < 1 ? double.PositiveInfinity : degrees <= s_t.Length ? s_t[degrees - 1] : Normal + (2.4 / degrees);

    /// <summary>Least mean of a Poisson count for which seeing so many is no surprise (Wilson and Hilferty's approximation of the exact limits).</summary>
    public static double PoissonFrom(double count) => count <= 0 ? 0 : count * Math.Pow(Math.Max(0, 1 - (1 / (9 * count)) - (Normal / (3 * Math.Sqrt(count)))), 3);

    /// <summary>Largest mean of a Poisson count for which seeing so few is no surprise; 3.7 when none was seen.</summary>
    public static double PoissonTo(double count) => (count + 1) * Math.Pow(1 - (1 / (9 * (count + 1))) + (Normal / (3 * Math.Sqrt(count + 1))), 3);

    /// <summary>
    /// The ratio of two sums over a sample of clusters (Cochran, Sampling Techniques, 6.3): sum of <c>Y</c> by sum of <c>X</c>, with the interval from how the clusters differ.
    /// </summary>
    /// <param name="clusters">What was found at each place of the sample.</param>
    /// <param name="share">Share of the whole that the sample is; at 1 the ratio is exact.</param>
    public static Interval Ratio(IReadOnlyList<(double X, double Y)> clusters, double share)
    {
        double x = clusters.Sum(c => c.X);
        double ratio = x == 0 ? 0 : clusters.Sum(c => c.Y) / x;
        int count = clusters.Count(c => c.X > 0);
        if (share >= 1 || x == 0)
        {
            return Interval.Exact(ratio);
        }

        double residuals = clusters.Sum(c => Math.Pow(c.Y - (ratio * c.X), 2));
        // A single cluster says nothing of how clusters differ: half as much to twice as much.
        double half = count < 2 ? ratio / 2 : Student(count - 1) * Math.Sqrt((1 - share) * residuals * count / (count - 1)) / x;
        return new Interval(ratio, Math.Max(0, ratio - half), ratio + (count < 2 ? ratio : half));
    }

    /// <summary>The share of rows of some kind, from counts: what clusters show, and never narrower than the count alone allows.</summary>
    /// <param name="clusters">Rows and rows of that kind at each place.</param>
    /// <param name="share">Share of the whole that the sample is.</param>
    public static Interval Share(IReadOnlyList<(double X, double Y)> clusters, double share)
    {
        Interval ratio = Ratio(clusters, share);
        double rows = clusters.Sum(c => c.X);
        double count = clusters.Sum(c => c.Y);
        if (share >= 1 || rows == 0)
        {
            return ratio;
        }

        double left = Math.Sqrt(1 - share);
        return new Interval(
            ratio.Estimate,
            Math.Min(ratio.From, ratio.Estimate - (left * (ratio.Estimate - (PoissonFrom(count) / rows)))),
            Math.Max(ratio.To, ratio.Estimate + (left * ((PoissonTo(count) / rows) - ratio.Estimate)))).Within(0, 1);
    }
}
