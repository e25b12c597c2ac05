using Sluice.Selection.TagCoverage;

namespace Sluice.Tests.Selection.TagCoverage;

public sealed class ComplexityFirstTests
{
    // methods.md section 6, golden; row i is q(i + 1).
    private static readonly string[] s_golden = ["abc", "ab", "cd", "a", "e", "bcde", "", "def"];

    [Theory]
    [InlineData(2, new[] { 6, 1 }, 1, false)]
    [InlineData(3, new[] { 6, 1, 8 }, 1, false)]
    [InlineData(4, new[] { 6, 1, 8, 2 }, 2, false)]
    [InlineData(6, new[] { 6, 1, 8, 2, 3, 5 }, 2, false)]
    [InlineData(7, new[] { 6, 1, 8, 2, 3, 5, 4 }, 3, false)]
    [InlineData(8, new[] { 6, 1, 8, 2, 3, 5, 4 }, 3, true)]
    public void Run_Golden_TakesTheQueriesInTheirOrder(int count, int[] queries, int rounds, bool exhausted)
    {
        ComplexityFirstResult result = ComplexityFirst.Run(TagRows.Of(s_golden), count, untaggedLast: false, default);

        Assert.Equal(queries, result.Order.Select(r => r + 1));
        Assert.Equal(rounds, result.Rounds);
        Assert.Equal(exhausted, result.Exhausted);
        Assert.Equal([1, 2, 2, 3, 2, 1, 0, 1], result.Round);
        Assert.Equal(1, result.Untagged);
    }

    [Fact]
    public void Run_UntaggedLast_TakesThemWhenNoOtherIsLeft()
    {
        ComplexityFirstResult result = ComplexityFirst.Run(TagRows.Of("", "a", "", "ab"), 3, untaggedLast: true, default);

        Assert.Equal([3, 1, 0], result.Order);
        Assert.Equal(2, result.Rounds);
        Assert.False(result.Exhausted);
    }

    [Fact]
    public void Run_NoRowHasATag_TakesNone()
    {
        ComplexityFirstResult result = ComplexityFirst.Run(TagRows.Of("", ""), 1, untaggedLast: false, default);

        Assert.Empty(result.Order);
        Assert.Equal(0, result.Rounds);
        Assert.True(result.Exhausted);
    }

    [Theory]
    [InlineData(1, 200, 4, 3)]
    [InlineData(2, 300, 30, 6)]
    [InlineData(3, 150, 200, 10)]
    [InlineData(4, 100, 1, 1)]
    public void Run_RandomRows_EqualsTheAlgorithmAsWritten(int seed, int rows, int tags, int most)
    {
        TagSets sets = TagRows.Random(new Random(seed), rows, tags, most);
        foreach (int count in new[] { 1, 2, rows / 7, rows / 2, rows, rows + 5 })
        {
            Assert.Equal(AsWritten(sets, count), ComplexityFirst.Run(sets, count, untaggedLast: false, default).Order);
        }
    }

    // Algorithm 1 word by word, a walk over what is left for each round.
    private static List<int> AsWritten(TagSets sets, int count)
    {
        List<int> left = [.. Enumerable.Range(0, sets.Rows).OrderByDescending(r => sets[r].Length)];
        List<int> taken = [];
        while (taken.Count < count)
        {
            HashSet<int> covered = [];
            List<int> round = [];
            foreach (int row in left)
            {
                int before = covered.Count;
                foreach (int tag in sets[row])
                {
                    covered.Add(tag);
                }

                if (covered.Count > before)
                {
                    round.Add(row);
                }

                if (taken.Count + round.Count == count)
                {
                    break;
                }
            }

            if (round.Count == 0)
            {
                break;
            }

            taken.AddRange(round);
            left.RemoveAll(round.Contains);
        }

        return taken;
    }
}
