using System.Text.Json;
using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Tests.Selection;

public sealed class KCenterTests
{
    private static readonly float[] s_golden = [0, 0, 1, 0, 0, 2, 5, 5, 6, 5, 5, 7, 10, 0, 9, 1, -4, 3, 2, 9];

    [Theory]
    [InlineData(0, new[] { 0, 6, 9, 4, 8, 5, 2, 7, 1, 3 }, new[] { 10.00, 9.219544, 5.656854, 5.00, 2.236068, 2.00, 1.414214, 1.00, 1.00 })]
    [InlineData(1, new[] { 1, 9, 6, 8, 4, 2, 5, 7, 0, 3 }, new[] { 9.055385, 9.00, 5.830952, 5.656854, 2.236068, 2.236068, 1.414214, 1.00, 1.00 })]
    [InlineData(2, new[] { 2, 6, 9, 4, 8, 1, 5, 7, 0, 3 }, new[] { 10.198039, 7.280110, 5.656854, 4.123106, 2.236068, 2.236068, 1.414214, 1.00, 1.00 })]
    public void Run_GoldenPoints_GivesPublishedOrderAndRadii(int start, int[] order, double[] radius)
    {
        KCenterResult result = Run(new MatrixRows(s_golden, 2), 10, [start]);
        Assert.Equal(order, result.Order);
        Assert.Equal(radius.Length, result.Radius.Length);
        Assert.All(radius.Zip(result.Radius), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(0, result.RadiusEnd);
        Assert.False(result.Exhausted);
    }

    [Fact]
    public void Run_GoldenPointsFromFive_GivesPublishedOrder() =>
        Assert.Equal([5, 8, 6, 1, 9], Run(new MatrixRows(s_golden, 2), 5, [5]).Order);

    [SharedFact("goldens.json")]
    public void Run_SharedGoldens_SameOrder()
    {
        using JsonDocument goldens = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("goldens.json")));
        JsonElement kcenter = goldens.RootElement.GetProperty("kcenter");
        float[] points = [.. kcenter.GetProperty("points").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(v => v.GetSingle())];
        for (int start = 0; start < 3; start++)
        {
            int[] expected = [.. kcenter.GetProperty($"start{start}").EnumerateArray().Select(v => v.GetInt32())];
            Assert.Equal(expected, Run(new MatrixRows(points, 2), 10, [start]).Order);
        }
    }

    [Fact]
    public void Run_EqualDistances_LowestIndexFirst() =>
        Assert.Equal([0, 1, 2, 3, 4], Run(new MatrixRows(new float[] { 0, 0, 1, 0, -1, 0, 0, 1, 0, -1 }, 2), 5, [0]).Order);

    [Fact]
    public void Run_OnlyRepeatsLeft_StopsOrFills()
    {
        MatrixRows rows = new(new float[] { 0, 0, 1, 0, 1, 0, 0, 0 }, 2);
        KCenterResult stopped = Run(rows, 4, [0]);
        Assert.Equal([0, 1], stopped.Order);
        Assert.True(stopped.Exhausted);
        Assert.Equal(0, stopped.RadiusEnd);

        KCenterResult filled = KCenterGreedy.Run(rows, new KCenterOptions { Count = 3, Start = [0], WhenExhausted = WhenExhausted.Fill }, null, default);
        Assert.Equal([0, 1, 2], filled.Order);
        Assert.Equal([1.0, 0.0], filled.Radius);
        Assert.True(filled.Exhausted);
    }

    [Fact]
    public void Run_NoStart_BeginsAtRowNearestMean()
    {
        // Mean (3.4, 3.2): row 3 = (5, 5) is 2.41 away, row 2 = (0, 2) 3.61.
        Assert.Equal(3, Run(new MatrixRows(s_golden, 2), 1, []).Order[0]);
        Assert.Equal(0, Run(new MatrixRows(new float[] { -1, 1, -1, 1 }, 1), 1, []).Order[0]);
    }

    [Fact]
    public void Run_Cosine_IgnoresLength()
    {
        MatrixRows rows = new(new float[] { 1, 0, 9, 0, 0, 3, 5, 5, -2, 0 }, 2);
        KCenterResult result = KCenterGreedy.Run(rows, new KCenterOptions { Count = 5, Start = [0], Metric = KCenterMetric.Cosine }, null, default);
        Assert.Equal([0, 4, 2, 3], result.Order);
        Assert.Equal(2, result.Radius[0], 1e-12);
        Assert.Equal(Math.Sqrt(2), result.Radius[1], 1e-12);
        Assert.True(result.Exhausted);
    }

    [Fact]
    public void Run_AnyPrefix_IsTheAnswerForASmallerCount()
    {
        MatrixRows rows = RandomRows.Make("random", 500, 7, 3);
        KCenterResult all = Run(rows, 200, [4]);
        KCenterResult some = Run(rows, 60, [4]);
        Assert.Equal(all.Order[..60], some.Order);
        Assert.Equal(all.Radius[59], some.RadiusEnd);
        Assert.Equal(some.RadiusEnd / 2, some.LowerBound);
    }

    [Fact]
    public void Run_CountAboveRows_TakesEachRowOnce()
    {
        KCenterResult result = Run(RandomRows.Make("random", 40, 3, 8), 100, []);
        Assert.Equal(Enumerable.Range(0, 40), result.Order.Order());
        Assert.False(result.Exhausted);
    }

    [Fact]
    public void Run_NoRows_GivesNone() => Assert.Empty(Run(new MatrixRows(Array.Empty<float>(), 3), 4, []).Order);

    [Fact]
    public void Run_BadStart_SaysWhich()
    {
        MatrixRows rows = new(s_golden, 2);
        Assert.Contains("row 10", Assert.Throws<ArgumentException>(() => Run(rows, 3, [10])).Message, StringComparison.Ordinal);
        Assert.Contains("row 2 twice", Assert.Throws<ArgumentException>(() => Run(rows, 3, [2, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("3 start rows", Assert.Throws<ArgumentException>(() => Run(rows, 2, [1, 2, 3])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Run_ValueNotFinite_NamesTheRow(float value)
    {
        float[] values = [.. s_golden];
        values[13] = value;
        Assert.Contains("Row 6", Assert.Throws<InvalidDataException>(() => Run(new MatrixRows(values, 2), 3, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_CarriesTheToken()
    {
        using CancellationTokenSource source = new();
        MatrixRows rows = RandomRows.Make("random", 3000, 8, 5);
        OperationCanceledException error = Assert.ThrowsAny<OperationCanceledException>(
            () => KCenterGreedy.Run(rows, new KCenterOptions { Count = 2000 }, _ => source.Cancel(), source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public void Run_TinySets_RadiusWithinTwiceTheOptimumAndAboveTheBound()
    {
        for (int seed = 0; seed < 24; seed++)
        {
            MatrixRows rows = RandomRows.Make(seed % 2 == 0 ? "random" : "clustered", 11, 2, seed);
            for (int count = 1; count <= 4; count++)
            {
                KCenterResult result = Run(rows, count, []);
                double best = Optimum(rows, count);
                Assert.True(result.RadiusEnd <= (2 * best) + 1e-9, $"seed {seed} k {count}: {result.RadiusEnd} > 2 x {best}");
                Assert.True(result.LowerBound <= best + 1e-9, $"seed {seed} k {count}: bound {result.LowerBound} > {best}");
            }
        }
    }

    private static KCenterResult Run(MatrixRows rows, int count, int[] start) =>
        KCenterGreedy.Run(rows, new KCenterOptions { Count = count, Start = start }, null, default);

    private static double Optimum(MatrixRows rows, int count)
    {
        double best = double.PositiveInfinity;
        for (int chosen = 0; chosen < 1 << rows.Count; chosen++)
        {
            if (int.PopCount(chosen) == count)
            {
                double radius = 0;
                for (int row = 0; row < rows.Count; row++)
                {
                    double nearest = double.PositiveInfinity;
                    for (int centre = 0; centre < rows.Count; centre++)
                    {
                        if ((chosen >> centre & 1) == 1)
                        {
                            nearest = Math.Min(nearest, NaiveKCenter.Scalar(rows.Row(row), rows.Row(centre)));
                        }
                    }

                    radius = Math.Max(radius, nearest);
                }

                best = Math.Min(best, Math.Sqrt(radius));
            }
        }

        return best;
    }
}
