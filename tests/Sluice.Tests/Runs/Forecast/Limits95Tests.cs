using Sluice.Runs.Forecast;

namespace Sluice.Tests.Runs.Forecast;

public sealed class Limits95Tests
{
    // Exact limits of the Poisson mean: Ulm, 1990, or the chi-square quantiles behind them.
    [Theory]
    [InlineData(0, 0, 3.689)]
    [InlineData(1, 0.0253, 5.572)]
    [InlineData(10, 4.795, 18.39)]
    [InlineData(100, 81.36, 121.63)]
    public void Poisson_Counts_LieNearTheExactLimits(int count, double from, double to)
    {
        Assert.InRange(Limits95.PoissonFrom(count), from - 0.03, from + 0.03);
        Assert.InRange(Limits95.PoissonTo(count), to - (0.006 * to), to + (0.006 * to));
    }

    [Fact]
    public void Student_Degrees_FallToTheNormal()
    {
        Assert.Equal(double.PositiveInfinity, Limits95.Student(0));
        double before = double.PositiveInfinity;
        for (int degrees = 1; degrees < 500; degrees++)
        {
            Assert.InRange(Limits95.Student(degrees), 1.959, before);
            before = Limits95.Student(degrees);
        }
    }

    [Fact]
    public void Ratio_EqualClusters_IsExactAndWholeSampleAlwaysIs()
    {
        Assert.Equal(Interval.Exact(0.5), Limits95.Ratio([(2, 1), (4, 2), (8, 4)], 0.1));
        Assert.Equal(Interval.Exact(0.25), Limits95.Ratio([(2, 1), (2, 0)], 1));
        Assert.Equal(Interval.Exact(0), Limits95.Ratio([], 0.5));
    }

    [Fact]
    public void Ratio_OneCluster_SaysThatItKnowsLittle()
    {
        Interval one = Limits95.Ratio([(10, 20)], 0.1);

        Assert.Equal(new Interval(2, 1, 4), one);
    }

    [Fact]
    public void Ratio_ManyDraws_CoverTheTruth()
    {
        Random random = new(11);
        (double X, double Y)[] all = [.. Enumerable.Range(0, 1000).Select(_ => (X: 100.0 + random.Next(50), Y: 0.0)).Select(c => (c.X, c.X * (0.5 + random.NextDouble())))];
        double truth = all.Sum(c => c.Y) / all.Sum(c => c.X);
        int covered = 0;
        for (int draw = 0; draw < 400; draw++)
        {
            Interval found = Limits95.Ratio(random.GetItems(all, 24), 0.024);
            covered += found.From <= truth && truth <= found.To ? 1 : 0;
        }

        Assert.InRange(covered, 366, 398);
    }

    [Fact]
    public void Share_NoneSeen_StillAllowsSome()
    {
        Interval none = Limits95.Share([(500, 0), (500, 0)], 0.01);

        Assert.Equal(0, none.Estimate);
        Assert.Equal(0, none.From);
        Assert.InRange(none.To, 0.003, 0.004);
        Assert.True(Limits95.Share([(500, 0)], 1).IsExact);
    }
}
