namespace Sluice.Sinks.Diff;

/// <summary>A column's values among the chosen rows of one output.</summary>
/// <param name="Rows">Rows that have a value.</param>
/// <param name="Mean">Their mean; null without any.</param>
/// <param name="Median">Their median; null without any.</param>
internal sealed record ScoreFigures(long Rows, double? Mean, double? Median)
{
    /// <summary>Reads the figures off values, of which those that are not finite are absent.</summary>
    public static ScoreFigures Of(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite)];
        Array.Sort(sorted);
        int middle = sorted.Length / 2;
        return sorted.Length == 0
            ? new ScoreFigures(0, null, null)
            : new ScoreFigures(sorted.Length, sorted.Average(), sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
