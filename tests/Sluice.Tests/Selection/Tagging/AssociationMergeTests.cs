using Sluice.Selection.Tagging;

namespace Sluice.Tests.Selection.Tagging;

public sealed class AssociationMergeTests
{
    // haiku (0) comes with poem (1) and with writing (2), of which poem is the rarer.
    private static readonly int[] s_rows = [5, 20, 90, 5];

    private static readonly AssociationRule[] s_haiku = [Rule(0, 2, 1), Rule(0, 1, 1)];

    [Fact]
    public void Into_TwoConsequences_TakesTheRarerAndKeepsThemApart() => Assert.Equal([1, 1, 2, 3], AssociationMerge.Into(s_rows, s_haiku));

    [Fact]
    public void Into_TwoConsequences_TakesTheSurer() => Assert.Equal([2, 1, 2, 3], AssociationMerge.Into(s_rows, [Rule(0, 2, 1), Rule(0, 1, 0.995)]));

    [Fact]
    public void Groups_TwoConsequences_AreOne() => Assert.Single(AssociationMerge.Groups(4, s_haiku)[..3].Distinct());

    [Fact]
    public void Into_Chain_EndsAtItsLast() => Assert.Equal([2, 2, 2, 3], AssociationMerge.Into(s_rows, [Rule(0, 1, 1), Rule(1, 2, 1)]));

    [Fact]
    public void Into_TagsThatImplyEachOther_BecomeTheMoreFrequentThenTheFirst()
    {
        Assert.Equal([0, 2, 2, 0], AssociationMerge.Into([5, 80, 90, 5], [Rule(1, 2, 1), Rule(2, 1, 0.99), Rule(0, 3, 1), Rule(3, 0, 1)]));
    }

    [Fact]
    public void Into_RuleOfSeveralConditions_MergesNothing() =>
        Assert.Equal([0, 1, 2, 3], AssociationMerge.Into(s_rows, [new AssociationRule([0, 1], 2, 40, 1)]));

    [Fact]
    public void Groups_RuleOfSeveralConditions_MergesAllItsTags()
    {
        int[] part = AssociationMerge.Groups(4, [new AssociationRule([0, 1], 2, 40, 1)]);

        Assert.Single(part[..3].Distinct());
        Assert.DoesNotContain(part[3], part[..3]);
    }

    private static AssociationRule Rule(int when, int then, double confidence) => new([when], then, 40, confidence);
}
