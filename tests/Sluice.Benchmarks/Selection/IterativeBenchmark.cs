using BenchmarkDotNet.Attributes;
using Sluice.Selection.Iterative;

namespace Sluice.Benchmarks.Selection;

/// <summary>IterIT's greedy choice beside the plain way on the same weights: every document's sum before every choice.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class IterativeBenchmark
{
    private const int Count = 20_000;
    private const int Picks = 200;
    private const double Decay = 0.1;

    private string[] _texts = [];
    private double[] _scores = [];
    private int[] _order = [];

    [GlobalSetup]
    public void Setup()
    {
        // Word frequencies fall as 1 / rank, as in text.
        Random random = new(1);
        _order = [.. Enumerable.Range(0, Count)];
        _texts = [.. _order.Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(5, 80)).Select(_ => $"w{(int)Math.Pow(20_000, random.NextDouble())}")))];
        _scores = [.. _order.Select(_ => 0.05 + (0.9 * random.NextDouble()))];
    }

    [Benchmark(Baseline = true)]
    public int[] AllSumsAnew()
    {
        TextWeightsBuilder builder = new(Environment.ProcessorCount);
        foreach (string[] block in _texts.Chunk(TextWeightsBuilder.BlockDocuments))
        {
            builder.Add(block);
        }

        TextWeights texts = builder.Build(default);
        bool[] taken = new bool[Count];
        int[] picks = new int[Picks];
        double[] values = new double[Count];
        for (int pick = 0; pick < picks.Length; pick++)
        {
            Parallel.For(0, Count, document => values[document] = taken[document] ? -1 : _scores[document] * texts.Sum(document));
            int best = Array.IndexOf(values, values.Max());
            taken[best] = true;
            texts.Fade(best, Decay);
            picks[pick] = best;
        }

        return picks;
    }

    [Benchmark]
    public int Lazy() => IterativeOrder.Update(
        _order, Count, _scores, new IterativeOptions { Count = Picks, Decay = Decay }, rows => [.. rows.Select(row => _texts[row])], null, default).Picks.Count;
}
