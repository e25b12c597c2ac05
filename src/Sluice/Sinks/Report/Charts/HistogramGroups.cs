namespace Sluice.Sinks.Report.Charts;

/// <summary>What the two groups of a histogram are called.</summary>
/// <param name="Kept">The first group, drawn as what was kept.</param>
/// <param name="Dropped">The second group.</param>
/// <param name="DroppedStyle">Style of the second.</param>
internal sealed record HistogramGroups(string Kept, string Dropped, string DroppedStyle)
{
    /// <summary>The selected rows and the dropped ones.</summary>
    public static HistogramGroups Fates { get; } = new("selected", "dropped", "dropped");
}
