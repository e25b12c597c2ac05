namespace Sluice.Proportions;

/// <summary>Maximise <c>Objective . x</c> subject to bounds and constraints.</summary>
/// <param name="Objective">Coefficient of each variable.</param>
/// <param name="Lower">Lower bound of each variable; negative infinity for none.</param>
/// <param name="Upper">Upper bound of each variable; positive infinity for none.</param>
/// <param name="Constraints">The rows.</param>
public sealed record LinearProgram(double[] Objective, double[] Lower, double[] Upper, IReadOnlyList<LinearConstraint> Constraints);
