using System.Globalization;
using BenchmarkDotNet.Attributes;
using Sluice.Recipes;

namespace Sluice.Benchmarks.Recipes;

/// <summary>A step that drops 950,000 rows of a million, up to the list of dropped rows; what is allocated is what stays until the outputs are written.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 7)]
public class DroppedRowsBenchmark
{
    private const int Rows = 1_000_000;
    private const int Kept = 50_000;
    private readonly double[] _values = new double[Rows];
    private readonly long[] _gone = new long[Rows - Kept];

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        for (int i = 0; i < Rows; i++)
        {
            _values[i] = random.NextDouble();
        }

        for (int i = 0; i < _gone.Length; i++)
        {
            _gone[i] = Kept + i;
        }
    }

    [Benchmark(Baseline = true)]
    public int Sentences()
    {
        Dictionary<long, (int Step, string Reason)> dropped = [];
        for (int i = 0; i < _gone.Length; i++)
        {
            dropped[_gone[i]] = (0, Reason(i));
        }

        List<(long Row, string Step, string Reason)> rows = [.. dropped.OrderBy(d => d.Key).Select(d => (d.Key, "Top", d.Value.Reason))];
        return rows.Count;
    }

    [Benchmark]
    public int Figures()
    {
        RowDrops drops = new(Rows);
        drops.Begin(new DropList(_gone, Reason), "");
        for (int i = 0; i < _gone.Length; i++)
        {
            drops.Drop(_gone[i], i);
        }

        return new DroppedRows(drops, ["Top"]).Count;
    }

    private string Reason(int at) => string.Create(CultureInfo.InvariantCulture, $"quality {_values[_gone[at]]:0.####} ranks {Kept + at + 1}, the best {Kept} were kept");
}
