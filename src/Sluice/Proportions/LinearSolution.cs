namespace Sluice.Proportions;

/// <summary>The answer to a <see cref="LinearProgram"/>.</summary>
/// <param name="Status">How it ended; the arrays are empty unless optimal.</param>
/// <param name="Objective">Value of the objective.</param>
/// <param name="Values">The variables.</param>
/// <param name="Duals">A constraint each: what one more unit of its limit is worth to the (maximised) objective.</param>
/// <param name="ReducedCosts">A variable each: what one more unit of its active bound is worth to the (maximised) objective.</param>
public sealed record LinearSolution(SolveStatus Status, double Objective, double[] Values, double[] Duals, double[] ReducedCosts);
