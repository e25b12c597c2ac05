using Sluice.Selection;
using Sluice.Selection.Clustering;

namespace Sluice.Tests.Selection;

public sealed class KMeansTests
{
    [Fact]
    public void Run_DistantGroups_FindsThemForAnySeed()
    {
        float[] values = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { (i % 3 * 100) + (i * 0.01f), i % 3 == 1 ? 50 : 0 })];
        for (int seed = 0; seed < 5; seed++)
        {
            KMeansResult result = Run(new MatrixRows(values, 2), 3, seed);
            Assert.Equal(3, result.Clusters);
            Assert.All(Enumerable.Range(0, 57), i => Assert.Equal(result.Labels[i], result.Labels[i + 3]));
            Assert.Equal(3, result.Labels[..3].Distinct().Count());
        }
    }

    [Theory]
    [InlineData("random", 40)]
    [InlineData("clustered", 12)]
    [InlineData("lattice", 20)]
    public void Run_AnyThreads_SameClustersEachRowWithItsNearestMean(string kind, int clusters)
    {
        MatrixRows rows = RandomRows.Make(kind, 5000, 7, 2);
        KMeansResult result = Run(rows, clusters, 1, threads: 1);
        KMeansResult other = Run(rows, clusters, 1, threads: 3);
        Assert.Equal(result.Labels, other.Labels);
        Assert.Equal(result.Inertia, other.Inertia);

        // With tolerance 0 the rounds end when no label changes, so that centres are the means of their rows.
        double[][] means = [.. Enumerable.Range(0, result.Clusters).Select(c => Mean(rows, result.Labels, c))];
        double inertia = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double[] distances = [.. means.Select(m => Squared(rows.Row(row), m))];
            Assert.True(distances[result.Labels[row]] <= distances.Min() + 1e-4, $"row {row}");
            inertia += distances[result.Labels[row]];
        }

        Assert.Equal(inertia, result.Inertia, inertia * 1e-5);
        Assert.InRange(result.Rounds, 2, 299);
    }

    [Fact]
    public void Run_FewerDifferentRowsThanClusters_FindsOneEach()
    {
        KMeansResult result = Run(new MatrixRows(new float[] { 1, 2, 1, 2, 1, 7 }, 1), 5, 0);

        Assert.Equal(3, result.Clusters);
        Assert.Equal(0, result.Inertia);
        Assert.Equal(result.Labels[0], result.Labels[4]);
    }

    [Fact]
    public void Run_AnotherSeed_StartsElsewhere()
    {
        MatrixRows rows = RandomRows.Make("random", 400, 5, 3);

        Assert.NotEqual(Run(rows, 20, 0).Labels, Run(rows, 20, 1).Labels);
        Assert.Equal(Run(rows, 20, 1).Labels, Run(rows, 20, 1).Labels);
    }

    private static KMeansResult Run(MatrixRows rows, int clusters, int seed, int threads = 2) =>
        KMeans.Run(rows, new KMeansOptions { Clusters = clusters, Seed = seed, Threads = threads, Tolerance = 0 }, null, default);

    private static double[] Mean(MatrixRows rows, int[] labels, int cluster)
    {
        int[] members = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == cluster)];
        return [.. Enumerable.Range(0, rows.Width).Select(k => members.Average(i => (double)rows.Row(i)[k]))];
    }

    private static double Squared(ReadOnlySpan<float> row, double[] mean)
    {
        double sum = 0;
        for (int k = 0; k < mean.Length; k++)
        {
            sum += (row[k] - mean[k]) * (row[k] - mean[k]);
        }

        return sum;
    }
}
