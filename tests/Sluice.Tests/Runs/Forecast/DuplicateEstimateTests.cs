using Sluice.Runs.Forecast;

namespace Sluice.Tests.Runs.Forecast;

public sealed class DuplicateEstimateTests
{
    private const int Rows = 60000;
    private const int PlaceRows = 100;

    [Fact]
    public void Of_WholeInput_IsTheCount()
    {
        Assert.Equal(Interval.Exact(4), DuplicateEstimate.Of([(2, 1), (4, 3)], 100, 100, 5));
        Assert.Equal(Interval.Exact(0), DuplicateEstimate.Of([], 0, 0, 0));
    }

    [Fact]
    public void Of_NoneSeen_SaysHowLittleThatMeans()
    {
        Interval none = DuplicateEstimate.Of([], 10_000, 10_000_000, 72);

        Assert.Equal(0, none.Estimate);
        // Pairs seen with a chance of one in a million each: three in a hundred of ten million rows would be no surprise.
        Assert.InRange(none.To, 3_000_000, 10_000_000);
    }

    [Fact]
    public void Of_OnePlaceAlone_RulesNothingOut()
    {
        Interval one = DuplicateEstimate.Of([(2, 1)], 2000, 12_000, 1);

        Assert.InRange(one.To, 9_000, 12_000);
        Assert.True(one.From >= 1);
    }

    [Theory]
    [InlineData(2, 1500, 0.1)]
    [InlineData(2, 1500, 0.5)]
    [InlineData(4, 800, 0.2)]
    [InlineData(200, 10, 0.1)]
    public void Of_PlantedGroups_RangeHoldsTheTruthAlmostAlways(int size, int groups, double share)
    {
        Random random = new(size + groups);
        int held = 0;
        for (int draw = 0; draw < 60; draw++)
        {
            int[] group = Plant(random, size, groups);
            Interval found = Sample(random, group, share);
            held += found.From <= groups * (size - 1) && groups * (size - 1) <= found.To ? 1 : 0;
        }

        Assert.InRange(held, 54, 60);
    }

    [Fact]
    public void Of_RepeatsThatLieTogether_AreTakenAsTheyAre()
    {
        Random random = new(5);
        int[] group = [.. Enumerable.Range(0, Rows).Select(i => i / 2)];
        Interval found = Sample(random, group, 0.1);

        Assert.InRange(Rows / 2, found.From, found.To);
        Assert.InRange(found.Estimate, Rows * 0.48, Rows * 0.52);
    }

    private static int[] Plant(Random random, int size, int groups)
    {
        int[] group = [.. Enumerable.Range(0, Rows)];
        int[] order = [.. Enumerable.Range(0, Rows)];
        random.Shuffle(order);
        for (int i = 0; i < groups * size; i++)
        {
            group[order[i]] = order[i / size * size];
        }

        return group;
    }

    private static Interval Sample(Random random, int[] group, double share)
    {
        int[] places = [.. Enumerable.Range(0, Rows / PlaceRows)];
        random.Shuffle(places);
        int taken = (int)(places.Length * share);
        (int, int)[] groups = [.. places.Take(taken)
            .SelectMany(p => Enumerable.Range(p * PlaceRows, PlaceRows).Select(row => (Group: group[row], Place: p)))
            .GroupBy(r => r.Group).Where(g => g.Skip(1).Any()).Select(g => (g.Count(), g.Select(r => r.Place).Distinct().Count()))];
        return DuplicateEstimate.Of(groups, taken * PlaceRows, Rows, taken);
    }
}
