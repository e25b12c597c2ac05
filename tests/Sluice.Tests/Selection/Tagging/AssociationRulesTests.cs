using Sluice.Selection.Tagging;
using Sluice.Tests.Selection.TagCoverage;

namespace Sluice.Tests.Selection.Tagging;

public sealed class AssociationRulesTests
{
    [Fact]
    public void Mine_Pairs_FindsThoseOfEnoughConfidenceInEachDirection()
    {
        // a comes with b in 3 of 4 rows, b with a in 3 of 5; c always with b.
        List<AssociationRule> rules = AssociationRules.Mine(TagRows.Of("ab", "ab", "ab", "a", "bc", "bc"), 2, 0.75, 2, default);

        Assert.Equal(
            ["0 > 1: 3, 0.75", "2 > 1: 2, 1"],
            rules.Select(r => FormattableString.Invariant($"{string.Join(',', r.When)} > {r.Then}: {r.Support}, {r.Confidence}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Mine_MoreItems_FindsRulesOfSeveralConditions()
    {
        // Neither a nor b says c, but both together do.
        string[] rows = ["abc", "abc", "abc", "a", "a", "b", "b", "c", "c"];
        Assert.Empty(AssociationRules.Mine(TagRows.Of(rows), 3, 0.99, 2, default));
        Assert.Contains(AssociationRules.Mine(TagRows.Of(rows), 3, 0.99, 3, default), r => r.When.SequenceEqual([0, 1]) && r.Then == 2 && r.Support == 3);
    }

    [Fact]
    public void Mine_SupportBelowTheLeast_IsNoRule() => Assert.Empty(AssociationRules.Mine(TagRows.Of("ab", "ab", "c"), 3, 0.5, 2, default));
}
