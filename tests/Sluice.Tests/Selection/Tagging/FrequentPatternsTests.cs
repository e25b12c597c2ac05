using Sluice.Selection.TagCoverage;
using Sluice.Selection.Tagging;
using Sluice.Tests.Selection.TagCoverage;

namespace Sluice.Tests.Selection.Tagging;

public sealed class FrequentPatternsTests
{
    [Theory]
    [InlineData(11, 60, 7, 5, 3, 4)]
    [InlineData(12, 200, 9, 6, 10, 3)]
    [InlineData(13, 40, 10, 8, 2, 2)]
    [InlineData(14, 30, 6, 6, 1, 6)]
    public void Mine_RandomRows_EqualsCountingEverySet(int seed, int rows, int tags, int most, int minSupport, int maxItems)
    {
        TagSets sets = TagRows.Random(new Random(seed), rows, tags, most);
        int[] masks = [.. Enumerable.Range(0, rows).Select(r => sets[r].ToArray().Aggregate(0, (m, t) => m | 1 << t))];
        string[] expected = [.. Enumerable.Range(1, (1 << tags) - 1).Where(m => int.PopCount(m) <= maxItems)
            .Select(m => (Mask: m, Support: masks.Count(r => (r & m) == m))).Where(p => p.Support >= minSupport)
            .Select(p => $"{string.Join(',', Enumerable.Range(0, tags).Where(t => (p.Mask >> t & 1) == 1))}: {p.Support}").Order(StringComparer.Ordinal)];

        List<ItemSet> found = FrequentPatterns.Mine(sets, minSupport, maxItems, default);

        Assert.Equal(expected, found.Select(f => $"{string.Join(',', f.Items)}: {f.Support}").Order(StringComparer.Ordinal));
        Assert.NotEmpty(expected);
    }

    [Fact]
    public void Mine_NothingFrequent_FindsNothing() => Assert.Empty(FrequentPatterns.Mine(TagRows.Of("ab", "c"), 2, 2, default));
}
