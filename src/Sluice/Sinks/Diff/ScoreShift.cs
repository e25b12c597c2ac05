using System.Text.Json.Serialization;

namespace Sluice.Sinks.Diff;

/// <summary>How a score's distribution among the chosen rows moved.</summary>
/// <param name="Column">The column.</param>
/// <param name="Before">In the first output.</param>
/// <param name="After">In the second.</param>
internal sealed record ScoreShift(string Column, ScoreFigures Before, ScoreFigures After)
{
    /// <summary>The values themselves, a chosen row each, for the page's histogram.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> ValuesBefore { get; init; } = [];

    /// <summary>The values of the second output.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> ValuesAfter { get; init; } = [];
}
