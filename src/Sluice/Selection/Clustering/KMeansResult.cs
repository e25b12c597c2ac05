namespace Sluice.Selection.Clustering;

/// <summary>Clusters of rows.</summary>
/// <param name="Labels">The cluster of each row, from 0.</param>
/// <param name="Clusters">Clusters found: fewer than wanted where there are fewer different rows.</param>
/// <param name="Inertia">Squared distances of the rows to their centres, summed.</param>
/// <param name="Rounds">Rounds it took.</param>
internal sealed record KMeansResult(int[] Labels, int Clusters, double Inertia, int Rounds);
