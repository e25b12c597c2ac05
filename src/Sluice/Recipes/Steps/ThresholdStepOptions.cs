using Sluice.Configuration;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="ThresholdStep"/>: exactly one limit is given.</summary>
public sealed class ThresholdStepOptions
{
    /// <summary>The column of numbers that decides. Required.</summary>
    [OptionHint(Required = true)]
    public string Column { get; init; } = "";

    /// <summary>Keep rows strictly above this value (MoDS's quality threshold alpha).</summary>
    public double? Above { get; init; }

    /// <summary>Keep rows at this value or above.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Keep rows strictly below this value.</summary>
    public double? Below { get; init; }

    /// <summary>Keep rows at this value or below.</summary>
    public double? AtMost { get; init; }
}
