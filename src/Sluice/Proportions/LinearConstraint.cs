namespace Sluice.Proportions;

/// <summary>One row of a linear programme: <c>Lower &lt;= sum Values[k] * x[Columns[k]] &lt;= Upper</c>.</summary>
/// <param name="Name">The constraint in the user's words; used in reports and messages.</param>
/// <param name="Columns">0-based variables with a coefficient, distinct.</param>
/// <param name="Values">Their coefficients.</param>
/// <param name="Lower">Lower limit; negative infinity for none.</param>
/// <param name="Upper">Upper limit; positive infinity for none.</param>
public sealed record LinearConstraint(string Name, int[] Columns, double[] Values, double Lower, double Upper);
