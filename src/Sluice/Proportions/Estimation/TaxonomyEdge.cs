namespace Sluice.Proportions.Estimation;

/// <summary>Training on one category helps another.</summary>
/// <param name="From">The trained category that gives.</param>
/// <param name="To">The target category that receives.</param>
/// <param name="Gamma">The coefficient: units of <paramref name="To"/> that one unit of <paramref name="From"/> is worth.</param>
internal sealed record TaxonomyEdge(string From, string To, double Gamma);
