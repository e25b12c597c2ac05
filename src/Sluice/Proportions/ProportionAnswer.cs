namespace Sluice.Proportions;

/// <summary>The best shares, with their proof.</summary>
internal sealed record ProportionAnswer
{
    /// <summary>The categories.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Importance of each, summing to 1.</summary>
    public required double[] Alpha { get; init; }

    /// <summary>What one unit of share of each category adds to the objective: <c>alpha^T Gamma</c>.</summary>
    public required double[] Worth { get; init; }

    /// <summary>Best share of each, summing to 1.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Best share of each of the problem's cells; the weights again where it has none.</summary>
    public required double[] Cells { get; init; }

    /// <summary>Every variable of the programme, as it was solved.</summary>
    public required double[] Values { get; init; }

    /// <summary>What one more unit of each variable's tightest bound is worth: positive at the upper one, negative at the lower one.</summary>
    public double[] BoundPrices { get; init; } = [];

    /// <summary><c>alpha^T Gamma w</c>.</summary>
    public required double Objective { get; init; }

    /// <summary>The same from the prices of all limits; equal to <see cref="Objective"/> to 1e-9, which proves the optimum.</summary>
    public required double DualObjective { get; init; }

    /// <summary>
    /// What one more unit of a limit is worth to the objective, by the limit's name: <c>total</c> (all shares), <c>Shift</c>, and each group. Positive: its upper limit holds
    /// the objective back; negative: its lower limit; 0: neither.
    /// </summary>
    public required IReadOnlyDictionary<string, double> Duals { get; init; }

    /// <summary>
    /// By category, what one more unit of the share's own tightest limit is worth: positive at the upper one, negative at the lower one, 0 between. Rows of a cell are no limit
    /// of the category's own.
    /// </summary>
    public required IReadOnlyDictionary<string, double> ReducedCosts { get; init; }

    /// <summary><c>optimal</c>.</summary>
    public string Status { get; init; } = "optimal";
}
