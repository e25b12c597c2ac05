using System.ComponentModel.DataAnnotations;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="TopStep"/>: either a count or a ratio is given.</summary>
public sealed class TopStepOptions
{
    /// <summary>The column of numbers that ranks. Required.</summary>
    public string Column { get; init; } = "";

    /// <summary>Rows to keep.</summary>
    [Range(1L, long.MaxValue)]
    public long? Count { get; init; }

    /// <summary>Share of the rows that came in to keep, rounded down, at least one row.</summary>
    [Range(0.0, 1.0)]
    public double? Ratio { get; init; }
}
