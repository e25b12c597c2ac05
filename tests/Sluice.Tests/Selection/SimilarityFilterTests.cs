using Sluice.Selection;
using Sluice.Selection.ScoreFirst;

namespace Sluice.Tests.Selection;

public sealed class SimilarityFilterTests
{
    // Deita's golden rows, sorted by score: 1, 2, 3, 4, 6, 5, 0.
    private static readonly int[] s_ranked = [1, 2, 3, 4, 6, 5, 0];
    private static readonly float[] s_golden = [.99f, .10f, 0, 0, 1, 0, 0, 0, 2, 0, .5f, 1, 0, .45f, .9f, .7f, .7f, .1f, 1, 0, 0];

    [Theory]
    [InlineData(0.9, -1, new[] { 1, 2, 3, 4, 5 })]
    [InlineData(0.9, 10, new[] { 1, 2, 3, 4, 5 })]
    [InlineData(0.9, 1, new[] { 1 })]
    [InlineData(0.9, 2, new[] { 1, 2 })]
    [InlineData(0.9, 3, new[] { 1, 2, 3 })]
    [InlineData(0.9, 4, new[] { 1, 2, 3, 4 })]
    [InlineData(0.85, 10, new[] { 1, 2, 3, 5 })]
    [InlineData(0.89, 10, new[] { 1, 2, 3, 5 })]
    [InlineData(0.95, 10, new[] { 1, 2, 3, 4, 5 })]
    [InlineData(0.999, 10, new[] { 1, 2, 3, 4, 5, 0 })]
    public void Run_ReferenceRows_ReferenceAnswer(double limit, int count, int[] expected)
    {
        FilterResult result = Run(new MatrixRows(s_golden, 3), new FilterOptions { Limit = limit, Count = count });

        Assert.Equal(expected, result.Kept.Select(i => s_ranked[i]));
    }

    [Theory]
    [InlineData(0.9, new[] { 1, 0 })]
    [InlineData(1.5, new[] { 1, 5, 0 })]
    public void Run_ReferenceRowsManhattan_DropsTheDistantAsTheReferenceDoes(double limit, int[] expected)
    {
        FilterResult result = Run(new MatrixRows(s_golden, 3), new FilterOptions { Limit = limit, Metric = FilterMetric.Manhattan });

        Assert.Equal(expected, result.Kept.Select(i => s_ranked[i]));
    }

    [Theory]
    [InlineData(1, new[] { 0, 2, 3 })]
    [InlineData(3, new[] { 0, 3 })]
    public void Run_AnglesInABatch_AnAlreadyDroppedRowDropsAnother(int batch, int[] expected)
    {
        float[] angles = [.. new[] { 0, 20, 40, 90 }.SelectMany(a => new[] { MathF.Cos(a * MathF.PI / 180), MathF.Sin(a * MathF.PI / 180) })];

        FilterResult result = Run(new MatrixRows(angles, 2), new FilterOptions { Limit = 0.9, Batch = batch });

        Assert.Equal(expected, result.Kept);
        Assert.Equal(0, result.Blockers[1]);
    }

    [Fact]
    public void Run_ReferenceRows_NamesTheFirstCauseAndTheNearest()
    {
        FilterResult result = Run(new MatrixRows(s_golden, 3), new FilterOptions { Limit = 0.9 });

        Assert.Equal([-1, -1, -1, -1, 3, -1, 0], result.Blockers);
        Assert.Equal(1, result.Values[4], 1e-6);
        Assert.Equal(0.9949, result.Values[6], 1e-4);
        Assert.Equal([float.NaN, 0.1005f, 0, 0.8944f, 0.7707f], result.Nearest.Select(v => MathF.Round(v, 4)));
    }

    [Theory]
    [InlineData("clustered", 0.9, 37)]
    [InlineData("clustered", 0.9999, 8)]
    [InlineData("random", 0.3, 16)]
    [InlineData("random", 0.05, 64)]
    [InlineData("random", -0.2, 5)]
    [InlineData("duplicates", 0.999, 24)]
    [InlineData("duplicates", 1, 24)]
    [InlineData("huge", 0.5, 9)]
    [InlineData("tiny", 0.5, 9)]
    [InlineData("equal", 0.9, 3)]
    [InlineData("offset", 0.99999999, 20)]
    public void Run_SeveralBlocks_SameAsTheReferenceForAnyThreads(string kind, double limit, int width)
    {
        MatrixRows rows = RandomRows.Make(kind, 1300, width, 11);
        foreach (int batch in new[] { 1, 3, 700 })
        {
            (int[] kept, int[] blockers) = NaiveFilter.Run(rows, limit, -1, batch, false);
            foreach (int threads in new[] { 1, 2, 5 })
            {
                FilterResult result = Run(rows, new FilterOptions { Limit = limit, Batch = batch, Threads = threads });
                Assert.Equal(kept, result.Kept);
                if (batch == 1)
                {
                    Assert.Equal(blockers, result.Blockers);
                }
            }
        }
    }

    [Fact]
    public void Run_SeveralBlocks_NearestIsTheHighestSimilarityToRowsKeptBefore()
    {
        MatrixRows rows = RandomRows.Make("random", 900, 12, 4);
        FilterResult result = Run(rows, new FilterOptions { Limit = 0.7 });

        Assert.True(result.Kept.Length > 100);
        for (int i = 1; i < result.Kept.Length; i++)
        {
            float highest = result.Kept[..i].Max(other => NaiveFilter.Measure(rows.Row(result.Kept[i]), rows.Row(other), false));
            Assert.Equal(highest, result.Nearest[i], 1e-6f);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Run_Manhattan_SameAsTheReference(int batch)
    {
        MatrixRows rows = RandomRows.Make("clustered", 600, 4, 3);
        foreach (double limit in new[] { 0.02, 0.5, 1.2 })
        {
            Assert.Equal(
                NaiveFilter.Run(rows, limit, -1, batch, true).Kept,
                Run(rows, new FilterOptions { Limit = limit, Batch = batch, Metric = FilterMetric.Manhattan }).Kept);
        }
    }

    [Fact]
    public void Run_ManySlabs_ReadsThemInOrderAndNoFurtherThanNeeded()
    {
        MatrixRows rows = RandomRows.Make("random", 40_000, 4, 8);
        int[] kept = NaiveFilter.Run(rows, 0.9, -1, 1, false).Kept;
        List<(int From, int To)> asked = [];

        Assert.Equal(kept, Run(rows, new FilterOptions { Limit = 0.9 }, asked).Kept);
        Assert.Equal([(0, 16_384), (16_384, 32_768), (32_768, 40_000)], asked);

        asked.Clear();
        FilterResult some = Run(rows, new FilterOptions { Limit = 0.9, Count = kept.Length / 2 }, asked);
        Assert.Equal(kept[..(kept.Length / 2)], some.Kept);
        Assert.Equal(some.Kept[^1] + 1, some.Scanned);
        Assert.Equal([(0, 16_384)], asked);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Run_ZeroVectors_ResembleNothingAndStayUnlessDropped(bool drop, bool manhattan)
    {
        FilterMetric metric = manhattan ? FilterMetric.Manhattan : FilterMetric.Cosine;

        // With a limit below every measure, all rows but the zeros and the first are dropped: the reference's NaN is above nothing.
        FilterResult result = Run(new MatrixRows(new float[] { 0, 0, 1, 0, 0, 0, 1, 1 }, 2), new FilterOptions { Limit = -1, DropZeros = drop, Metric = metric });

        Assert.Equal(drop ? [1] : [0, 1, 2], result.Kept);
        Assert.Equal(drop ? FilterResult.IsZero : FilterResult.IsKept, result.Blockers[2]);
        Assert.Equal(1, result.Blockers[3]);
        Assert.All(result.Nearest, v => Assert.True(float.IsNaN(v)));
    }

    [Fact]
    public void Run_SimilarityEqualToTheLimitInSinglePrecision_IsKept() => Assert.Equal(
        [0, 1], Run(new MatrixRows(new[] { 1, 0, 0.6f, 0.8f }, 2), new FilterOptions { Limit = 0.6 }).Kept);

    [Fact]
    public void Run_NoRows_NothingKept() => Assert.Empty(SimilarityFilter.Run(0, (_, _) => throw new InvalidOperationException(), new FilterOptions { Limit = 0.9 }, null, default).Kept);

    [Fact]
    public void Run_Cancelled_CarriesTheToken()
    {
        using CancellationTokenSource source = new();
        MatrixRows rows = RandomRows.Make("random", 3000, 8, 5);
        OperationCanceledException error = Assert.ThrowsAny<OperationCanceledException>(
            () => SimilarityFilter.Run(rows.Count, (_, _) => rows, new FilterOptions { Limit = 0.9 }, _ => source.Cancel(), source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
    }

    private static FilterResult Run(MatrixRows rows, FilterOptions options, List<(int, int)>? asked = null) => SimilarityFilter.Run(
        rows.Count,
        (from, to) =>
        {
            asked?.Add((from, to));
            float[] values = [.. Enumerable.Range(from, to - from).SelectMany(i => rows.Row(i).ToArray())];
            return new MatrixRows(values, rows.Width);
        },
        options,
        null,
        default);
}
