using Sluice.Records;
using Sluice.Selection.Tagging;

namespace Sluice.Tests.Selection.Tagging;

public sealed class DensityClustersTests
{
    private static readonly float[] s_fans =
    [
        1, 0, 1.992f, 0.174f, 2.954f, 0.521f, 0.97f, 0.242f, 1.532f, 1.286f, 2.264f, 1.968f, 0.731f, 0.682f, 0, 2, -0.366f, 2.978f, -0.242f, 0.97f, -1.732f, 1, -2.649f, 1.408f,
        -0.899f, 0.438f, -1.827f, 0.813f, -2.819f, -1.026f, 0.956f, 0.292f, 1.854f, 0.749f, -0.261f, 2.989f,
    ];

    private static readonly float[] s_border = [1, 0, 0.9998f, 0.0175f, 0.9994f, 0.0349f, 0.9945f, 0.1045f, 0.9848f, 0.1736f, 0.9816f, 0.1908f, 0.9781f, 0.2079f, 0.5f, 0.866f];

    // scikit-learn 1.2.1: DBSCAN(eps, min_samples, metric="cosine").fit_predict.
    [Theory]
    [InlineData(0.05, 1, new[] { 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 0, 0, 1 })]
    [InlineData(0.0055, 1, new[] { 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 4, 4, 4, 5, 0, 0, 2 })]
    [InlineData(0.0055, 3, new[] { 0, 0, 0, 0, 1, 1, 1, 3, 3, -1, 2, 2, 2, 2, -1, 0, 0, 3 })]
    [InlineData(0.0055, 4, new[] { -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, -1, -1, -1, -1 })]
    [InlineData(0.0018, 2, new[] { -1, -1, -1, 0, 1, 1, 1, -1, 2, -1, 3, 3, 3, 3, -1, 0, -1, 2 })]
    public void Run_Fans_EqualsScikitLearn(double distance, int minSamples, int[] clusters) => Assert.Equal(clusters, Run(s_fans, distance, minSamples));

    // The fourth point is near cores of both clusters.
    [Theory]
    [InlineData(0.002686, 4, new[] { 0, 0, 0, 0, 1, 1, 1, -1 })]
    [InlineData(0.002686, 3, new[] { 0, 0, 0, 0, 0, 0, 0, -1 })]
    [InlineData(0.000737, 3, new[] { 0, 0, 0, -1, 1, 1, 1, -1 })]
    public void Run_BorderPoint_BelongsToTheFirstCluster(double distance, int minSamples, int[] clusters) => Assert.Equal(clusters, Run(s_border, distance, minSamples));

    [Fact]
    public void Run_VectorOfZeros_StandsAlone() => Assert.Equal([0, 1, 0, 2], Run([1, 0, 0, 0, 2, 0, 0, 0], 0.05, 1));

    private static int[] Run(float[] values, double distance, int minSamples) => DensityClusters.Run(new VectorData(values, 2), distance, minSamples, static _ => { }, default);
}
