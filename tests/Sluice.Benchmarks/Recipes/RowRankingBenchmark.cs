using BenchmarkDotNet.Attributes;
using Sluice.Recipes.Steps;

namespace Sluice.Benchmarks.Recipes;

/// <summary>A million rows by a score, as a Top step ranks them.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 7)]
public class RowRankingBenchmark
{
    private const int Rows = 1_000_000;
    private readonly double[] _values = new double[Rows];
    private readonly long[] _rows = new long[Rows];

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        for (int i = 0; i < Rows; i++)
        {
            (_rows[i], _values[i]) = (i, Math.Round(random.NextDouble(), 6));
        }
    }

    [Benchmark(Baseline = true)]
    public long[] Plain() => [.. _rows.OrderByDescending(r => double.IsNaN(_values[r]) ? double.NegativeInfinity : _values[r]).ThenBy(r => r)];

    [Benchmark]
    public long[] Ranked() => RowRanking.Descending(_rows, _values, highestRowFirst: false);
}
