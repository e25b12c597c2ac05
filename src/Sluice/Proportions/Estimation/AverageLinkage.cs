namespace Sluice.Proportions.Estimation;

/// <summary>Hierarchical clustering by average linkage (UPGMA, Sokal and Michener 1958) over Euclidean distances, as the paper's heat map is ordered.</summary>
internal static class AverageLinkage
{
    /// <summary>The merges, nearest first: one fewer than there are points. Of equally near pairs the one with the lowest numbers is merged. Takes n x n memory and n³ time.</summary>
    /// <param name="points">Points of equal width.</param>
    public static IReadOnlyList<ClusterMerge> Cluster(IReadOnlyList<double[]> points)
    {
        int count = points.Count;
        List<(int Number, int Size)> clusters = [.. Enumerable.Range(0, count).Select(i => (i, 1))];
        Dictionary<(int, int), double> distances = [];
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                distances[(i, j)] = Distance(points[i], points[j]);
            }
        }

        List<ClusterMerge> merges = [];
        while (clusters.Count > 1)
        {
            (int left, int right) = Nearest(clusters, distances);
            int made = count + merges.Count;
            (int leftNumber, int leftSize) = clusters[left];
            (int rightNumber, int rightSize) = clusters[right];
            merges.Add(new(leftNumber, rightNumber, distances[(leftNumber, rightNumber)], leftSize + rightSize));
            clusters.RemoveAt(right);
            clusters.RemoveAt(left);
            foreach ((int other, _) in clusters)
            {
                distances[(other, made)] = ((leftSize * Between(distances, other, leftNumber)) + (rightSize * Between(distances, other, rightNumber))) / (leftSize + rightSize);
            }

            clusters.Add((made, leftSize + rightSize));
        }

        return merges;
    }

    /// <summary>The points in the order of the tree, the lower cluster of each merge first: scipy's <c>leaves_list</c>.</summary>
    public static IReadOnlyList<int> Leaves(IReadOnlyList<ClusterMerge> merges)
    {
        int count = merges.Count + 1;
        List<int> leaves = [];
        Stack<int> open = new([count + merges.Count - 1]);
        while (open.TryPop(out int cluster))
        {
            if (cluster < count)
            {
                leaves.Add(cluster);
                continue;
            }

            open.Push(merges[cluster - count].Right);
            open.Push(merges[cluster - count].Left);
        }

        return leaves;
    }

    private static (int Left, int Right) Nearest(List<(int Number, int Size)> clusters, Dictionary<(int, int), double> distances)
    {
        (int, int) best = (0, 1);
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < clusters.Count; i++)
        {
            for (int j = i + 1; j < clusters.Count; j++)
            {
                double distance = distances[(clusters[i].Number, clusters[j].Number)];
                if (distance < nearest)
                {
                    (nearest, best) = (distance, (i, j));
                }
            }
        }

        return best;
    }

    private static double Between(Dictionary<(int, int), double> distances, int one, int other) => distances[one < other ? (one, other) : (other, one)];

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, static (a, b) => (a - b) * (a - b)).Sum());
}
