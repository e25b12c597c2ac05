using BenchmarkDotNet.Attributes;
using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Benchmarks.Selection;

/// <summary>The proportions' linear programme, shift and box limited.</summary>
[SimpleJob(launchCount: 1, warmupCount: 3, iterationCount: 10)]
public class ProportionBenchmark
{
    private readonly ClpSolver _solver = new();
    private ProportionProblem? _problem;

    [Params(28, 100)]
    public int Categories { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(7);
        double[,] gamma = new double[Categories, Categories];
        for (int i = 0; i < Categories; i++)
        {
            for (int j = 0; j < Categories; j++)
            {
                gamma[i, j] = i == j ? 1 : (2 * random.NextDouble()) - 1;
            }
        }

        string[] names = [.. Enumerable.Range(0, Categories).Select(i => $"c{i}")];
        _problem = new ProportionProblem
        {
            Categories = names,
            Importance = [.. names.Select(_ => random.NextDouble() + 0.05)],
            Matrix = new CategoryMatrix("random", names, gamma),
            Count = 10_000,
            Shift = 0.03,
            MaxChange = 0.01,
        };
    }

    [Benchmark]
    public double Solve() => ProportionSolver.Solve(_problem!, _solver).Objective;
}
