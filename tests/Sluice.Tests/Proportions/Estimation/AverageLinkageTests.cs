using Sluice.Curriculum;
using Sluice.Proportions;
using Sluice.Proportions.Estimation;

namespace Sluice.Tests.Proportions.Estimation;

public sealed class AverageLinkageTests
{
    [Fact]
    public void Cluster_SevenPoints_MergesAsScipyDoes()
    {
        // scipy 1.10.1: linkage(X, 'average') and leaves_list of it.
        double[][] points =
        [
            [-0.85, 0.56, -0.12, 0.45], [0.96, 0.08, 0.0, -0.86], [-0.46, -0.0, 0.36, 0.61], [-0.24, -0.87, -0.42, 0.82], [-0.57, -0.1, 0.86, -0.95], [0.2, 0.9, -0.54, 0.1],
            [0.82, -0.73, 0.05, 0.5],
        ];
        IReadOnlyList<ClusterMerge> merges = AverageLinkage.Cluster(points);

        Assert.Equal([(0, 2, 2), (3, 6, 2), (5, 7, 3), (8, 9, 5), (1, 4, 2), (10, 11, 7)], merges.Select(m => (m.Left, m.Right, m.Size)));
        double[] expected = [0.849529281426, 1.21099132945, 1.37670398069, 1.71822300504, 1.76663521985, 2.00865761281];
        Assert.All(expected.Zip(merges), p => Assert.Equal(p.First, p.Second.Distance, 9));
        Assert.Equal([3, 6, 5, 0, 2, 1, 4], AverageLinkage.Leaves(merges));
    }

    [Fact]
    public void Cluster_PublishedMatrix_OrdersRowsAndColumnsAsScipyDoes()
    {
        CategoryMatrix matrix = EffectEquivalence.Qwen();
        IReadOnlyList<ClusterMerge> rows = AverageLinkage.Cluster([.. matrix.Categories.Select(t => matrix.Categories.Select(s => matrix[t, s]).ToArray())]);
        IReadOnlyList<ClusterMerge> columns = AverageLinkage.Cluster([.. matrix.Categories.Select(s => matrix.Categories.Select(t => matrix[t, s]).ToArray())]);

        Assert.Equal([0, 26, 27, 19, 20, 21, 22, 23, 24, 25, 1, 4, 2, 3, 5, 6, 7, 9, 12, 10, 11, 8, 13, 14, 15, 16, 17, 18], AverageLinkage.Leaves(rows));
        Assert.Equal([17, 1, 18, 15, 16, 0, 24, 13, 12, 14, 25, 19, 21, 22, 27, 20, 26, 10, 8, 9, 11, 23, 6, 7, 4, 3, 2, 5], AverageLinkage.Leaves(columns));
        Assert.Equal(43.5440300479347, rows.Sum(m => m.Distance), 9);
        Assert.Equal(61.411780788779126, columns.Sum(m => m.Distance), 9);
    }

    [Fact]
    public void Cluster_RandomPoints_MergesTheNearestByAverageOfAllPairs()
    {
        SeededShuffle random = new(21);
        for (int round = 0; round < 30; round++)
        {
            double[][] points = [.. Enumerable.Range(0, 2 + random.Next(8)).Select(_ => new double[] { random.Next(1000), random.Next(1000) })];
            List<int[]> members = [.. Enumerable.Range(0, points.Length).Select(i => new[] { i })];
            HashSet<int> open = [.. Enumerable.Range(0, points.Length)];
            double Average(int a, int b) => (from i in members[a] from j in members[b] select Math.Sqrt(Math.Pow(points[i][0] - points[j][0], 2) + Math.Pow(points[i][1] - points[j][1], 2))).Average();
            foreach (ClusterMerge merge in AverageLinkage.Cluster(points))
            {
                double nearest = (from a in open from b in open where a < b select Average(a, b)).Min();
                Assert.Equal(nearest, merge.Distance, 8);
                Assert.Equal(nearest, Average(merge.Left, merge.Right), 8);
                members.Add([.. members[merge.Left], .. members[merge.Right]]);
                Assert.True(open.Remove(merge.Left) && open.Remove(merge.Right) && open.Add(members.Count - 1));
                Assert.Equal(members[^1].Length, merge.Size);
            }
        }
    }

    [Fact]
    public void Cluster_EqualDistances_MergesTheLowestNumbersFirst()
    {
        IReadOnlyList<ClusterMerge> merges = AverageLinkage.Cluster([[0], [0], [0], [0]]);

        Assert.Equal([(0, 1), (2, 3), (4, 5)], merges.Select(m => (m.Left, m.Right)));
        Assert.Equal([0, 1, 2, 3], AverageLinkage.Leaves(merges));
    }

    [Fact]
    public void Leaves_OnePoint_IsThatPoint() => Assert.Equal([0], AverageLinkage.Leaves(AverageLinkage.Cluster([[1.0]])));
}
