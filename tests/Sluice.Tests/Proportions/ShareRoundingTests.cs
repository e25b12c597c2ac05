using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class ShareRoundingTests
{
    private readonly ClpSolver _solver = new();

    [Fact]
    public void Round_NoLimitInTheWay_IsTheLargestRemainder() =>
        Assert.Equal([5, 2, 1, 1, 1, 0], ShareRounding.Round([0.47, 0.16, 0.158, 0.12, 0.061, 0.031], [0, 1, 2, 3, 4, 5], 10, [9, 9, 9, 9, 9, 9], [], _solver));

    [Fact]
    public void Round_UpperBound_IsNotPassedByARemainder()
    {
        // 3.6 rows would round to 4, but at most 36 % of 10 rows is 3.
        Assert.Equal([4, 3, 3], ShareRounding.Round([0.36, 0.33, 0.31], [0, 1, 2], 10, [9, 9, 9], [], _solver));
        Assert.Equal([3, 4, 3], ShareRounding.Round([0.36, 0.33, 0.31], [0, 1, 2], 10, [9, 9, 9], [new RowLimit([0], 0, 3)], _solver));
    }

    [Fact]
    public void Round_CellsOfACategory_AddUpToItsOwnRounding()
    {
        // Rounded by themselves the cells of the first category would get 4 x 1; its share is 2.4 of 10.
        int[] counts = ShareRounding.Round([0.06, 0.06, 0.06, 0.06, 0.76], [0, 0, 0, 0, 1], 10, [5, 5, 5, 5, 99], [], _solver);
        Assert.Equal([1, 1, 0, 0, 8], counts);
    }

    [Fact]
    public void Round_GroupAcrossCategories_IsMet()
    {
        // Cells en, zh of three categories: 10 rows, zh at least 30 %, though every zh remainder is the smaller one.
        double[] shares = [0.26, 0.104, 0.23, 0.103, 0.21, 0.093];
        int[] categories = [0, 0, 1, 1, 2, 2];
        int[] counts = ShareRounding.Round(shares, categories, 10, [9, 9, 9, 9, 9, 9], [new RowLimit([1, 3, 5], 3, 10)], _solver);
        Assert.Equal(10, counts.Sum());
        Assert.Equal(3, counts[1] + counts[3] + counts[5]);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Round_Random_BreaksAsFewAsAnyRounding(int seed)
    {
        Random random = new(seed);
        int limited = 0;
        for (int round = 0; round < 120; round++)
        {
            int cells = random.Next(3, 9);
            int count = random.Next(5, 40);
            double[] shares = [.. Enumerable.Range(0, cells).Select(_ => random.NextDouble())];
            double sum = shares.Sum();
            shares = [.. shares.Select(s => s / sum)];
            int[] categories = [.. Enumerable.Range(0, cells).Select(c => c / 2)];
            int[] available = [.. shares.Select(s => (int)Math.Ceiling(s * count) + random.Next(2))];

            // Overlapping groups around what the shares hold, as the solver would leave them.
            RowLimit[] limits = [.. Enumerable.Range(0, 3).Select(_ =>
            {
                int[] own = [.. Enumerable.Range(0, cells).Where(_ => random.Next(2) == 0)];
                double rows = own.Sum(c => shares[c]) * count;
                return random.Next(2) == 0 ? new RowLimit(own, (int)Math.Ceiling(rows), count) : new RowLimit(own, 0, (int)Math.Floor(rows));
            })];
            int[] counts = ShareRounding.Round(shares, categories, count, available, limits, _solver);
            Assert.Equal(count, counts.Sum());
            Assert.All(counts.Zip(available), pair => Assert.InRange(pair.First, 0, pair.Second));
            int broken = limits.Sum(limit => limit.Broken(counts));
            int least = Roundings(shares, count, available).Min(c => limits.Sum(limit => limit.Broken(c)));
            Assert.True(broken <= least, $"seed {seed} round {round}: broken {broken}, possible {least}");
            limited += limits.Sum(limit => limit.Broken(ShareRounding.Round(shares, categories, count, available, [], _solver))) > 0 ? 1 : 0;
        }

        Assert.True(limited > 20, $"only {limited} were in the way");
    }

    // Every way to round each cell up or down.
    private static IEnumerable<int[]> Roundings(double[] shares, int count, int[] available)
    {
        for (int bits = 0; bits < 1 << shares.Length; bits++)
        {
            int[] counts = [.. shares.Select((s, c) => (int)Math.Floor(s * count) + ((bits >> c) & 1))];
            if (counts.Sum() == count && !counts.Where((n, c) => n > available[c]).Any())
            {
                yield return counts;
            }
        }
    }
}
