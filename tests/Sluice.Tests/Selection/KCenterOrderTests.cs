using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Tests.Selection;

/// <summary>The lazy greedy gives the plain greedy's order, whatever the points, the width, the number of threads and what its bounds are made from.</summary>
public sealed class KCenterOrderTests
{
    private static readonly int[] s_widths = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 24, 31, 33, 40, 63, 64, 70];

    public static TheoryData<string> Kinds => ["random", "uniform", "clustered", "duplicates", "lattice", "offset", "huge", "tiny", "equal"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_ManyShapes_SameOrderAsPlainGreedy(string kind)
    {
        for (int seed = 0; seed < s_widths.Length; seed++)
        {
            Random random = new(seed);
            int count = random.Next(1, 600);
            int picks = random.Next(1, count + 3);
            MatrixRows rows = RandomRows.Make(kind, count, s_widths[seed], seed);
            int[] start = [.. Enumerable.Range(0, random.Next(1, Math.Min(count, picks) + 1)).Take(20)];
            Same($"{kind} seed {seed}", rows, picks, start, KCenterMetric.Euclidean, NaiveKCenter.Kernel);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_ManyShapesCosine_SameOrderAsPlainGreedy(string kind)
    {
        for (int seed = 0; seed < s_widths.Length; seed++)
        {
            int count = new Random(seed).Next(1, 500);
            MatrixRows rows = RandomRows.Make(kind, count, s_widths[seed], seed);
            Same($"{kind} seed {seed}", rows, count / 2 + 1, [count / 3], KCenterMetric.Cosine, NaiveKCenter.KernelChord);
        }
    }

    [Theory]
    [InlineData("random", 4000, 16, 400)]
    [InlineData("clustered", 4000, 16, 400)]
    [InlineData("lattice", 12000, 3, 90)]
    [InlineData("lattice", 6000, 6, 700)]
    [InlineData("duplicates", 5000, 5, 800)]
    public void Run_ManyRows_SameOrderAsScalarGreedy(string kind, int count, int width, int picks)
    {
        // Larger than the frontier, so that every path runs; scalar arithmetic decides alike because such points are either exact or in general position.
        MatrixRows rows = RandomRows.Make(kind, count, width, 77);
        Same(kind, rows, picks, [17], KCenterMetric.Euclidean, NaiveKCenter.Scalar);
    }

    private static void Same(string what, MatrixRows rows, int picks, int[] start, KCenterMetric metric, NaiveKCenter.SquaredDistance squared)
    {
        (int[] order, double[] radius, double end) = NaiveKCenter.Run(rows, picks, start, squared);
        foreach ((int threads, RowBounds bounds) in new[] { (1, RowBounds.Full), (3, RowBounds.Full), (1, RowBounds.Bytes), (3, RowBounds.Bytes) })
        {
            KCenterOptions options = new() { Count = picks, Start = start, Metric = metric, Threads = threads, Bounds = bounds };
            KCenterResult result = KCenterGreedy.Run(rows, options, null, default);
            Assert.True(order.AsSpan().SequenceEqual(result.Order), $"{what}, {rows.Count} x {rows.Width}, {threads} threads, {bounds}: first difference at {Difference(order, result.Order)}");
            Assert.All(radius.Zip(result.Radius), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-12));
            Assert.Equal(end, result.RadiusEnd, end * 1e-12);
        }
    }

    private static int Difference(int[] a, int[] b) => Enumerable.Range(0, Math.Min(a.Length, b.Length)).FirstOrDefault(i => a[i] != b[i], Math.Min(a.Length, b.Length));
}
