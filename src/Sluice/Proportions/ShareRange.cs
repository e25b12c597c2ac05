namespace Sluice.Proportions;

/// <summary>Limits of a share.</summary>
/// <param name="Min">Smallest share, 0 to 1.</param>
/// <param name="Max">Largest share, 0 to 1.</param>
internal readonly record struct ShareRange(double Min, double Max);
