using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Sluice.Selection;
using Sluice.Selection.ScoreFirst;

namespace Sluice.Benchmarks.Selection;

/// <summary>Deita's filter beside the plain way: each row against the kept ones, one by one, as far as the first that is too similar.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class ScoreFirstBenchmark
{
    private MatrixRows _rows = new(new float[1], 1);

    public static IEnumerable<FilterShape> Shapes => [new(20_000, 1024, 3000, 0.2f), new(20_000, 1024, 20_000, 1), new(40_000, 384, 3000, 0.35f)];

    [ParamsSource(nameof(Shapes))]
    public FilterShape Shape { get; set; } = new(1, 1, 1, 1);

    [GlobalSetup]
    public void Setup() => _rows = ClusteredRows.Make(Shape.Rows, Shape.Width, Shape.Groups, Shape.Spread);

    [Benchmark(Baseline = true)]
    public int OneByOne()
    {
        List<int> kept = [];
        for (int row = 0; row < _rows.Count; row++)
        {
            bool similar = false;
            for (int i = 0; i < kept.Count && !similar; i++)
            {
                similar = TensorPrimitives.Dot(_rows.Row(row), _rows.Row(kept[i])) > 0.9f;
            }

            if (!similar)
            {
                kept.Add(row);
            }
        }

        return kept.Count;
    }

    [Benchmark]
    public int Blocks() => SimilarityFilter.Run(_rows.Count, Slab, new FilterOptions { Limit = 0.9 }, null, default).Kept.Length;

    private MatrixRows Slab(int from, int to)
    {
        float[] values = new float[(to - from) * _rows.Width];
        for (int row = from; row < to; row++)
        {
            _rows.Row(row).CopyTo(values.AsSpan((row - from) * _rows.Width));
        }

        return new MatrixRows(values, _rows.Width);
    }
}
