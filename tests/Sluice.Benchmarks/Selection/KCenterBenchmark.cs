using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Benchmarks.Selection;

/// <summary>Greedy k-center beside the plain way: one pass over all rows for each centre, all processors, bound by memory.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class KCenterBenchmark
{
    private MatrixRows _rows = new(new float[1], 1);

    public static IEnumerable<KCenterShape> Shapes => [new(40_000, 768, 200), new(200_000, 128, 200)];

    [ParamsSource(nameof(Shapes))]
    public KCenterShape Shape { get; set; } = new(1, 1, 1);

    [GlobalSetup]
    public void Setup()
    {
        // Unit vectors around 200 directions with a falling spectrum, as sentence embeddings have.
        Random random = new(1);
        float[] values = new float[Shape.Rows * Shape.Width];
        float[] centres = [.. Enumerable.Range(0, 200 * Shape.Width).Select(_ => (2 * random.NextSingle()) - 1)];
        for (int row = 0; row < Shape.Rows; row++)
        {
            Span<float> vector = values.AsSpan(row * Shape.Width, Shape.Width);
            int centre = random.Next(200) * Shape.Width;
            for (int k = 0; k < vector.Length; k++)
            {
                vector[k] = (((2 * random.NextSingle()) - 1) / (1 + (0.1f * k))) + (0.5f * centres[centre + k] / (1 + (0.05f * k)));
            }

            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        _rows = new MatrixRows(values, Shape.Width);
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
    public int[] Lazy() => KCenterGreedy.Run(_rows, new KCenterOptions { Count = Shape.Picks, Start = [0] }, null, default).Order;
}
