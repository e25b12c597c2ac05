using Sluice.Recipes.Steps;

namespace Sluice.Tests.Recipes.Steps;

public sealed class RowRankingTests
{
    private static readonly double[] s_odd = [double.NaN, double.NegativeInfinity, double.PositiveInfinity, 0.0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Descending_RandomRows_IsThePlainSort(int seed, bool highestRowFirst)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, 3000).Select(_ => random.Next(4) switch
        {
            0 => s_odd[random.Next(s_odd.Length)],
            1 => random.Next(-5, 5),
            _ => random.NextDouble() - 0.5,
        })];
        long[] rows = [.. Enumerable.Range(0, values.Length).Where(_ => random.Next(3) > 0).Select(r => (long)r)];
        random.Shuffle(rows);
        int sign = highestRowFirst ? -1 : 1;

        long[] plain = [.. rows.OrderByDescending(r => double.IsNaN(values[r]) ? double.NegativeInfinity : values[r]).ThenBy(r => sign * r)];

        Assert.Equal(plain, RowRanking.Descending(rows, values, highestRowFirst));
    }

    [Fact]
    public void Descending_NoRows_IsEmpty() => Assert.Empty(RowRanking.Descending([], [], highestRowFirst: false));
}
