using Sluice.Selection.TagCoverage;

namespace Sluice.Tests.Selection.TagCoverage;

public sealed class TagSetsTests
{
    [Fact]
    public void Build_TagTwiceInARow_CountsOnce()
    {
        TagSets sets = TagRows.Of("aba", "", "b");

        Assert.Equal(3, sets.Rows);
        Assert.Equal([0, 1], sets[0].ToArray());
        Assert.Equal([1, 2], sets.Counts());
    }

    [Fact]
    public void Map_TagsJoinedAndLeftOut_CountOnce()
    {
        TagSets sets = TagRows.Of("abc", "c", "bd").Map([0, 0, -1, 1], 2);

        Assert.Equal([0], sets[0].ToArray());
        Assert.Empty(sets[1].ToArray());
        Assert.Equal([0, 1], sets[2].ToArray());
        Assert.Equal(3, sets.Total);
    }
}
