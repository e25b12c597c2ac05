using Sluice.Selection.Clustering;

namespace Sluice.Tests.Selection;

public sealed class MiddleRowsTests
{
    [Fact]
    public void Choose_ReferenceValues_ReferenceRows()
    {
        double[] values = [.. Enumerable.Range(1, 21).Select(v => (double)v)];

        Assert.Equal(6, MiddleRows.Percentile(values, 25));
        Assert.Equal(16, MiddleRows.Percentile(values, 75));
        Assert.Equal([5, 7, 9, 11], MiddleRows.Choose(values, 4, 25, 75));
    }

    [Theory]
    [InlineData(40, 29)]
    [InlineData(0, 15)]
    [InlineData(100, 50)]
    [InlineData(10, 17)]
    [InlineData(95, 48)]
    public void Percentile_BetweenValues_IsNumpys(double percent, double expected) => Assert.Equal(expected, MiddleRows.Percentile([15, 20, 35, 40, 50], percent), 1e-12);

    [Theory]
    [InlineData(3, new[] { 0, 1 })]
    [InlineData(2, new int[0])]
    public void Choose_ClusterSmallerThanWanted_IsTakenWhole(int each, int[] expected) => Assert.Equal(expected, MiddleRows.Choose([5, 9], each, 40, 60));

    [Fact]
    public void Choose_FewInTheMiddle_TakesThemAll() => Assert.Equal([1, 2, 4], MiddleRows.Choose([9, 3, 2, 0, 4], 4, 25, 75));
}
