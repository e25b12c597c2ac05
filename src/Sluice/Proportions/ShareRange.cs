namespace Sluice.Proportions;

/// <summary>Limits of a share, or of its multiple.</summary>
/// <param name="Min">Smallest: a share from 0 to 1, or a multiple from 0.</param>
/// <param name="Max">Largest.</param>
internal readonly record struct ShareRange(double Min, double Max);
