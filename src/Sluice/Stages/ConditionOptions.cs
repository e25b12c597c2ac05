namespace Sluice.Stages;

/// <summary>A condition on an earlier column, with the keys of the recipe's Threshold step: a column and exactly one limit; without a column every row passes.</summary>
public sealed class ConditionOptions
{
    /// <summary>The column of numbers that decides; a stage that is switched on before makes it. Empty: no condition. Default empty.</summary>
    public string Column { get; init; } = "";

    /// <summary>Rows strictly above this value pass (MoDS asks for rows whose quality is above 0).</summary>
    public double? Above { get; init; }

    /// <summary>Rows at this value or above pass.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Rows strictly below this value pass.</summary>
    public double? Below { get; init; }

    /// <summary>Rows at this value or below pass.</summary>
    public double? AtMost { get; init; }
}
