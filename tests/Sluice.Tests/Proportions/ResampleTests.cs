using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class ResampleTests
{
    [Theory]
    [InlineData(new[] { 0.17, 0.33, 0.50 }, 100, new[] { 17, 33, 50 })]
    [InlineData(new[] { 0.25, 0.25, 0.25, 0.25 }, 6, new[] { 2, 2, 1, 1 })]
    [InlineData(new[] { 0.5, 0.3, 0.2 }, 1, new[] { 1, 0, 0 })]
    [InlineData(new[] { 0.47, 0.16, 0.158, 0.12, 0.061, 0.031 }, 10, new[] { 5, 2, 1, 1, 1, 0 })]
    [InlineData(new[] { 0.1, 0.2, 0.7 }, 0, new[] { 0, 0, 0 })]
    public void Round_Shares_GivesLargestRemainders(double[] shares, int count, int[] expected) =>
        Assert.Equal(expected, LargestRemainder.Round(shares, count, []));

    [Fact]
    public void Round_CategoryRunsOut_NextRemaindersTakeOver()
    {
        Assert.Equal([2, 5, 3], LargestRemainder.Round([0.5, 0.3, 0.2], 10, [2, 9, 9]));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Round([0.5, 0.5], 10, [4, 5]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Round_Random_IsExactBoundedAndClosest(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 300; round++)
        {
            int size = random.Next(1, 12);
            double[] shares = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())];
            double sum = shares.Sum();
            shares = [.. shares.Select(s => s / sum)];
            int count = random.Next(0, 500);
            int[] free = LargestRemainder.Round(shares, count, []);
            Assert.Equal(count, free.Sum());
            Assert.All(free.Zip(shares), pair => Assert.InRange(pair.First, Math.Floor((pair.Second * count) - 1e-6), Math.Ceiling((pair.Second * count) + 1e-6)));

            int[] available = [.. free.Select(n => n + random.Next(-3, 4))];
            available = [.. available.Select(n => Math.Max(0, n))];
            if (available.Sum() >= count)
            {
                int[] capped = LargestRemainder.Round(shares, count, available);
                Assert.Equal(count, capped.Sum());
                Assert.All(capped.Zip(available), pair => Assert.InRange(pair.First, 0, pair.Second));
            }
        }
    }

    [Fact]
    public void Apply_Counts_DropsWorstAndAddsBest()
    {
        ResampleRow[] incoming = [new(7, 0, 0.5), new(3, 1, 0.9), new(5, 0, 0.2), new(1, 0, 0.2), new(9, 1, double.NaN), new(2, 2, 1)];
        ResampleRow[] source = [new(3, 1, 0.9), new(11, 2, 0.4), new(10, 2, 0.4), new(12, 2, 0.7), new(12, 2, 0.7), new(20, 0, 9), new(13, 2, double.NaN)];
        Assert.Equal([4, 2, 5], ProportionResample.Available(incoming, source, 3));
        ResampleResult result = ProportionResample.Apply(incoming, source, [2, 1, 4]);
        Assert.Equal([7, 3, 1, 2], result.Kept);
        Assert.Equal([5, 9], result.Dropped);
        Assert.Equal([12, 10, 11], result.Added);
    }

    [Fact]
    public void Apply_TooFewRows_SaysSo()
    {
        ResampleRow[] rows = [new(0, 0, 1)];
        Assert.Contains("Category 0 has 1 rows", Assert.Throws<ArgumentException>(() => ProportionResample.Apply(rows, rows, [2])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Apply_Random_ReachesCountsWithoutRepeats(int seed)
    {
        Random random = new(seed);
        ResampleRow[] pool = [.. Enumerable.Range(0, 2000).Select(row => new ResampleRow(row, random.Next(7), random.Next(20)))];
        ResampleRow[] incoming = [.. pool.Where(_ => random.Next(3) == 0)];
        random.Shuffle(incoming);
        int[] available = ProportionResample.Available(incoming, pool, 7);
        int[] counts = [.. available.Select(n => random.Next(n + 1))];
        ResampleResult[] results =
        [
            ProportionResample.Apply(incoming, pool, counts), PublishedResample.Apply(incoming, pool, counts, new Random(seed)),
            ProportionResample.Apply(incoming, pool, counts, new Random(seed)), PublishedResample.Apply(incoming, pool, counts, null),
        ];
        foreach (ResampleResult result in results)
        {
            int[] now = [.. result.Kept, .. result.Added];
            Assert.Equal(now.Length, now.Distinct().Count());
            Assert.Equal(counts, Enumerable.Range(0, 7).Select(c => now.Count(row => pool[row].Category == c)));
            Assert.Equal(incoming.Length, result.Kept.Length + result.Dropped.Length);
            Assert.Equal(incoming.Select(r => r.Row).Where(result.Kept.Contains), result.Kept);
        }

        // By quality: no row that went beats one that stayed, no row left out beats one that came.
        Assert.Equal(results[0].Kept, results[3].Kept);
        Assert.Equal(results[0].Added.Order(), results[3].Added.Order());
        Assert.NotEqual(results[0].Kept, results[2].Kept);
        ResampleResult best = results[0];
        for (int category = 0; category < 7; category++)
        {
            ResampleRow[] came = [.. best.Added.Select(row => pool[row]).Where(r => r.Category == category)];
            ResampleRow[] passed = [.. pool.Where(r => r.Category == category).Except(incoming).Where(r => !best.Added.Contains(r.Row))];
            Assert.True(came.Length == 0 || passed.Length == 0 || came.Min(r => r.Quality) >= passed.Max(r => r.Quality), $"seed {seed} category {category}");
            ResampleRow[] kept = [.. best.Kept.Select(row => pool[row]).Where(r => r.Category == category)];
            ResampleRow[] gone = [.. best.Dropped.Select(row => pool[row]).Where(r => r.Category == category)];
            Assert.True(kept.Length == 0 || gone.Length == 0 || kept.Min(r => r.Quality) >= gone.Max(r => r.Quality), $"seed {seed} category {category}");
        }

        Assert.Equal(results[1].Added, PublishedResample.Apply(incoming, pool, counts, new Random(seed)).Added);
        Assert.Equal(results[2].Added, ProportionResample.Apply(incoming, pool, counts, new Random(seed)).Added);
    }
}
