namespace Sluice.Proportions.Estimation;

/// <summary>Categories that help each other in a circle, so that none of them can come first.</summary>
/// <param name="Edges">The circle's edges, each beginning where the one before ends; the first is the broken one.</param>
/// <param name="Broken">Its weakest edge, left out of the taxonomy.</param>
internal sealed record TaxonomyCycle(IReadOnlyList<TaxonomyEdge> Edges, TaxonomyEdge Broken);
