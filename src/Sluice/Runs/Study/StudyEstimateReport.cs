using Sluice.Proportions.Estimation;

namespace Sluice.Runs.Study;

/// <summary>What estimating a study found.</summary>
/// <param name="Folder">Where it was written.</param>
/// <param name="Estimate">The coefficients; null when the matrix was finished.</param>
/// <param name="Taxonomy">The taxonomy induced from them.</param>
internal sealed record StudyEstimateReport(string Folder, EffectEstimate? Estimate, DependencyTaxonomy Taxonomy);
