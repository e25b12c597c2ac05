using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Sluice.Recipes;
using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Benchmarks.Selection;

/// <summary>Greedy k-center beside the plain way: one pass over all rows for each centre, all processors, bound by memory.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class KCenterBenchmark
{
    private MatrixRows _rows = new(new float[1], 1);
    private StepVectors? _mapped;
    private string _file = "";

    public static IEnumerable<KCenterShape> Shapes => [new(40_000, 768, 1000), new(200_000, 384, 1000)];

    [ParamsSource(nameof(Shapes))]
    public KCenterShape Shape { get; set; } = new(1, 1, 1);

    [GlobalCleanup]
    public void Cleanup()
    {
        _mapped?.Dispose();
        File.Delete(_file);
    }

    [GlobalSetup]
    public void Setup()
    {
        _rows = ClusteredRows.Make(Shape.Rows, Shape.Width, 200, 1);
        _file = Path.GetTempFileName();
        KCenterGrowth.Write(_file, _rows);
        _mapped = KCenterGrowth.Map(_file, Shape.Width);
    }

    [Benchmark(Baseline = true)]
    public int[] OnePassACentre()
    {
        float[] nearest = new float[_rows.Count];
        Array.Fill(nearest, float.PositiveInfinity);
        int[] order = new int[Shape.Picks];
        for (int pick = 0; pick < order.Length; pick++)
        {
            order[pick] = pick == 0 ? 0 : TensorPrimitives.IndexOfMax<float>(nearest);
            int centre = order[pick];
            Parallel.For(0, Environment.ProcessorCount, part =>
            {
                int from = (int)((long)_rows.Count * part / Environment.ProcessorCount);
                int to = (int)((long)_rows.Count * (part + 1) / Environment.ProcessorCount);
                for (int row = from; row < to; row++)
                {
                    nearest[row] = Math.Min(nearest[row], TensorPrimitives.Distance(_rows.Row(row), _rows.Row(centre)));
                }
            });
        }

        return order;
    }

    [Benchmark]
    public int[] Lazy() => Choose(_rows, RowBounds.Full);

    [Benchmark]
    public int[] Mapped() => Choose(_mapped!, RowBounds.Full);

    [Benchmark]
    public int[] MappedBytes() => Choose(_mapped!, RowBounds.Bytes);

    private int[] Choose(IVectorRows rows, RowBounds bounds) =>
        KCenterGreedy.Run(rows, new KCenterOptions { Count = Shape.Picks, Start = [0], Bounds = bounds }, null, default).Order;
}
