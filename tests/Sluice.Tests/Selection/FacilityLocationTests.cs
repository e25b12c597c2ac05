using Sluice.Selection;
using Sluice.Selection.FacilityLocation;

namespace Sluice.Tests.Selection;

public sealed class FacilityLocationTests
{
    private static readonly float[] s_golden = [1, 0, .8f, .6f, .6f, .8f, 0, 1, -1, 0];

    [Fact]
    public void Run_ReferenceRows_ReferenceOrderAndGains()
    {
        FacilityResult result = Run(new MatrixRows(s_golden, 2), new FacilityOptions { Count = 4 });

        Assert.Equal([2, 4, 0, 3], result.Order);
        double[] gains = [3.645265898, .591158280, .360592681, .271106586];
        Assert.All(gains.Zip(result.Gains), g => Assert.Equal(g.First, g.Second, 3e-7));
    }

    [Theory]
    [InlineData("random", 6, false)]
    [InlineData("random", 6, true)]
    [InlineData("clustered", 19, false)]
    [InlineData("clustered", 19, true)]
    [InlineData("uniform", 1, false)]
    [InlineData("duplicates", 8, false)]
    public void Run_RandomRows_EachChoiceHasTheLargestGainInPlainArithmetic(string kind, int width, bool cosine)
    {
        FacilitySimilarity similarity = cosine ? FacilitySimilarity.Cosine : FacilitySimilarity.Submodlib;
        MatrixRows rows = RandomRows.Make(kind, 240, width, 21);
        FacilityResult result = Run(rows, new FacilityOptions { Count = 40, Similarity = similarity });
        double[,] similarities = NaiveFacility.Similarities(rows, similarity);
        double[] best = new double[rows.Count];
        for (int pick = 0; pick < 40; pick++)
        {
            double[] gains = NaiveFacility.Gains(similarities, best);
            int row = result.Order[pick];
            Assert.Equal(gains[row], result.Gains[pick], 5e-5);
            Assert.True(gains[row] >= gains.Max() - 5e-5, $"choice {pick}: row {row} gains {gains[row]}, row {Array.IndexOf(gains, gains.Max())} {gains.Max()}");
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = Math.Max(best[i], similarities[i, row]);
            }
        }
    }

    [Theory]
    [InlineData("random", 1, 1500, 9)]
    [InlineData("clustered", 2, 1500, 9)]
    [InlineData("lattice", 1, 1200, 2)]
    [InlineData("lattice", 3, 300, 3)]
    [InlineData("duplicates", 2, 1100, 5)]
    [InlineData("equal", 2, 90, 4)]
    [InlineData("huge", 2, 200, 4)]
    [InlineData("tiny", 2, 200, 4)]
    public void Run_LazyWithBounds_SameBitsAsThePlainGreedy(string kind, int threads, int count, int width)
    {
        MatrixRows rows = RandomRows.Make(kind, count, width, 5);
        foreach ((FacilitySimilarity similarity, bool high) in new[] { (FacilitySimilarity.Submodlib, false), (FacilitySimilarity.Submodlib, true), (FacilitySimilarity.Cosine, false) })
        {
            // The smallest cache holds 128 columns, so that most are forgotten and computed again.
            FacilityOptions options = new() { Count = 25, Similarity = similarity, HighestOnTies = high, Threads = threads, CacheBytes = threads == 1 ? 1 : 1 << 28 };
            (int[] order, double[] gains) = NaiveFacility.Run(rows, options);
            FacilityResult result = Run(rows, options);
            Assert.Equal(order, result.Order);
            Assert.Equal(gains, result.Gains);
        }
    }

    [Theory]
    [InlineData("random", 1, 1203, 9)]
    [InlineData("random", 2, 4205, 6)]
    [InlineData("clustered", 2, 1203, 9)]
    [InlineData("lattice", 2, 1200, 3)]
    [InlineData("duplicates", 2, 1101, 5)]
    [InlineData("equal", 2, 1090, 4)]
    [InlineData("huge", 2, 1100, 4)]
    [InlineData("tiny", 2, 1100, 4)]
    public void Run_ListsOfNearPairs_SameBitsAsThePlainGreedy(string kind, int threads, int count, int width)
    {
        MatrixRows rows = RandomRows.Make(kind, count, width, 7);
        foreach ((FacilitySimilarity similarity, bool high) in new[] { (FacilitySimilarity.Submodlib, false), (FacilitySimilarity.Submodlib, true), (FacilitySimilarity.Cosine, false) })
        {
            // Room for a tenth of all pairs, and for some of the columns.
            FacilityOptions options = new() { Count = 150, Similarity = similarity, HighestOnTies = high, Threads = threads, CacheBytes = (long)count * count };
            (int[] order, double[] gains) = NaiveFacility.Run(rows, options);
            FacilityResult result = Run(rows, options);
            Assert.True(result.ListedAfter is > 0 and < 150, $"{similarity}: {result.ListedAfter}");
            Assert.Equal(order, result.Order);
            Assert.Equal(gains, result.Gains);
        }
    }

    [Fact]
    public void List_MorePairsThanAllowed_Nothing()
    {
        FacilitySpace space = new(RandomRows.Make("random", 900, 4, 5), FacilitySimilarity.Submodlib, new ParallelOptions());
        float[] current = [.. Enumerable.Repeat(1f, 900)];

        Assert.Null(NearPairs.List(space, current, (900 * 900) - 1, new ParallelOptions()));
        NearPairs all = NearPairs.List(space, current, 900 * 900, new ParallelOptions())!;
        Assert.All(Enumerable.Range(0, 900), row => Assert.Equal(Enumerable.Range(0, 900), all[row].ToArray().Select(near => near.Row)));
    }

    [Fact]
    public void Run_ManyRows_ComputesFewGains()
    {
        MatrixRows rows = RandomRows.Make("clustered", 3000, 8, 6);
        FacilityResult result = Run(rows, new FacilityOptions { Count = 50 });

        Assert.True(result.Evaluations < 50L * rows.Count / 5, $"{result.Evaluations} gains");
        Assert.Equal(result.Gains.OrderDescending(), result.Gains);
    }

    [Fact]
    public void Run_MoreThanThereAre_TakesAllTheLastForNothing()
    {
        // Once each different row is chosen its repeats gain exactly nothing, lowest row first.
        FacilityResult result = Run(new MatrixRows(new[] { .1f, .7f, .3f, .2f, .1f, .7f, .1f, .7f }, 2), new FacilityOptions { Count = 9 });

        Assert.Equal(4, result.Order.Length);
        Assert.Equal([0, 0], result.Gains[2..]);
        Assert.Equal([2, 3], result.Order[2..]);
    }

    [Fact]
    public void Run_ValueNotFinite_NamesTheRow() => Assert.Contains(
        "Row 1", Assert.Throws<InvalidDataException>(() => Run(new MatrixRows(new[] { 1, float.NaN }, 1), new FacilityOptions { Count = 1 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_Cancelled_CarriesTheToken()
    {
        using CancellationTokenSource source = new();
        MatrixRows rows = RandomRows.Make("random", 300, 4, 5);
        OperationCanceledException error = Assert.ThrowsAny<OperationCanceledException>(
            () => FacilityLocationGreedy.Run(rows, new FacilityOptions { Count = 200 }, _ => source.Cancel(), source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
    }

    private static FacilityResult Run(MatrixRows rows, FacilityOptions options) => FacilityLocationGreedy.Run(rows, options, null, default);
}
