using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Sluice.Selection;
using Sluice.Selection.FacilityLocation;

namespace Sluice.Benchmarks.Selection;

/// <summary>Facility location beside the dense way: the whole matrix, then every row's gain before every choice, all processors.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class FacilityLocationBenchmark
{
    private MatrixRows _rows = new(new float[1], 1);

    public static IEnumerable<KCenterShape> Shapes => [new(5200, 384, 104), new(10_000, 384, 300)];

    [ParamsSource(nameof(Shapes))]
    public KCenterShape Shape { get; set; } = new(1, 1, 1);

    [GlobalSetup]
    public void Setup() => _rows = ClusteredRows.Make(Shape.Rows, Shape.Width, 200, 1);

    [Benchmark(Baseline = true)]
    public int[] DenseMatrix()
    {
        float[][] matrix = new float[_rows.Count][];
        Parallel.For(0, _rows.Count, i =>
        {
            matrix[i] = new float[_rows.Count];
            for (int j = 0; j < _rows.Count; j++)
            {
                matrix[i][j] = MathF.Exp(-TensorPrimitives.Distance(_rows.Row(i), _rows.Row(j)) / _rows.Width);
            }
        });
        float[] best = new float[_rows.Count];
        int[] order = new int[Shape.Picks];
        for (int pick = 0; pick < order.Length; pick++)
        {
            double[] gains = new double[_rows.Count];
            Parallel.For(0, _rows.Count, j =>
            {
                float[] saved = new float[_rows.Count];
                TensorPrimitives.Subtract(matrix[j], best, saved);
                TensorPrimitives.Max(saved, 0, saved);
                gains[j] = TensorPrimitives.Sum<float>(saved);
            });
            order[pick] = TensorPrimitives.IndexOfMax<double>(gains);
            TensorPrimitives.Max(best, matrix[order[pick]], best);
        }

        return order;
    }

    [Benchmark]
    public int[] Lazy() => FacilityLocationGreedy.Run(_rows, new FacilityOptions { Count = Shape.Picks }, null, default).Order;
}
