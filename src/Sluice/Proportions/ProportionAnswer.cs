namespace Sluice.Proportions;

/// <summary>The best shares, with their proof.</summary>
/// <param name="Categories">The categories.</param>
/// <param name="Alpha">Importance of each, summing to 1.</param>
/// <param name="Worth">What one unit of share of each category adds to the objective: <c>alpha^T Gamma</c>.</param>
/// <param name="Weights">Best share of each, summing to 1.</param>
/// <param name="Objective"><c>alpha^T Gamma w</c>.</param>
/// <param name="DualObjective">The same from the prices of all limits; equal to <paramref name="Objective"/> to 1e-9, which proves the optimum.</param>
/// <param name="Duals">
/// What one more unit of a limit is worth to the objective, by the limit's name: <c>total</c> (all shares), <c>Shift</c>, and each group. Positive: its upper limit holds the
/// objective back; negative: its lower limit; 0: neither.
/// </param>
/// <param name="ReducedCosts">
/// By category, what one more unit of the share's own limit (MaxChange, Bounds, rows available, 0) is worth: positive at the upper one, negative at the lower one, 0 between.
/// </param>
/// <param name="Status"><c>optimal</c>.</param>
internal sealed record ProportionAnswer(
    IReadOnlyList<string> Categories,
    double[] Alpha,
    double[] Worth,
    double[] Weights,
    double Objective,
    double DualObjective,
    IReadOnlyDictionary<string, double> Duals,
    IReadOnlyDictionary<string, double> ReducedCosts,
    string Status);
