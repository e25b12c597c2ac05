namespace Sluice.Proportions.Estimation;

/// <summary>One step of a hierarchical clustering, numbered as scipy's <c>linkage</c> does: points are 0 to n - 1, the cluster of step s is n + s.</summary>
/// <param name="Left">The lower number of the two clusters that become one.</param>
/// <param name="Right">The higher number.</param>
/// <param name="Distance">Average distance between a point of the one and a point of the other.</param>
/// <param name="Size">Points in the new cluster.</param>
internal sealed record ClusterMerge(int Left, int Right, double Distance, int Size);
