using Sluice.Selection.TagCoverage;

namespace Sluice.Tests.Selection.TagCoverage;

public sealed class CoverageCurveTests
{
    [Fact]
    public void Of_FewRows_SaysTheShareAtEachRank()
    {
        CoverageCurve curve = CoverageCurve.Of(TagRows.Of("ab", "b", "", "cd"), [3, 1, 0]);

        Assert.Equal([1, 2, 3], curve.Rank);
        Assert.Equal([0.5, 0.75, 1.0], curve.Coverage);
    }

    [Fact]
    public void Of_ManyRows_IsThinnedWithItsEnds()
    {
        TagSets sets = TagRows.Random(new Random(5), 5000, 900, 5);
        CoverageCurve curve = CoverageCurve.Of(sets, [.. Enumerable.Range(0, 5000)]);

        Assert.InRange(curve.Rank.Length, 150, 256);
        Assert.Equal(1, curve.Rank[0]);
        Assert.Equal(5000, curve.Rank[^1]);
        Assert.Equal(1.0, curve.Coverage[^1]);
        Assert.Equal(curve.Coverage.Order(), curve.Coverage);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void AtRandom_FewRows_IsTheMeanOverAllChoices(int chosen)
    {
        TagSets sets = TagRows.Of("ab", "b", "", "cd", "ce", "abe");
        int different = sets.Counts().Count(c => c > 0);
        double[] coverage = [.. Enumerable.Range(0, 1 << sets.Rows).Where(m => int.PopCount(m) == chosen)
            .Select(m => (double)Enumerable.Range(0, sets.Rows).Where(r => (m >> r & 1) == 1).SelectMany(r => sets[r].ToArray()).Distinct().Count() / different)];

        Assert.Equal(coverage.Average(), CoverageCurve.AtRandom(sets, chosen), 12);
    }
}
