using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class LimitConflictTests
{
    private readonly ClpSolver _solver = new();

    [Fact]
    public void Solve_OneContradiction_NamesBothAndOneChange()
    {
        // code must be at least half, but may move only from 0.3 to 0.4: 0.1 too little, either way.
        ProportionInfeasibleException error = Fails(ProportionCases.Example(maxChange: 0.1, bounds: new() { ["code"] = new(0.5, 1) }));
        Relaxation change = Assert.Single(error.Relaxation);
        Assert.Equal(0.1, Math.Abs(change.To - change.From), 1e-9);
        Assert.True(error.IsSmallest);
        Assert.Equal(["MaxChange (at most 0.1) for 'code'", "Bounds of 'code' (at least 0.5)"], error.Conflict);
        Assert.Equal(
            "No shares satisfy all limits. In conflict: MaxChange (at most 0.1) for 'code'; Bounds of 'code' (at least 0.5). " +
            "One change would do: MaxChange (at most 0.1) to 0.2.",
            error.Message);
    }

    [Fact]
    public void Solve_TwoContradictionsWithOneLimitInCommon_ChangesThatOne()
    {
        // The shift is in the way of both; the least sum would rather lower both bounds by 0.05 than raise the shift by 0.1.
        ProportionProblem problem = ProportionCases.Example(shift: 0.1, bounds: new() { ["math"] = new(0.25, 1), ["code"] = new(0.45, 1) });
        ProportionInfeasibleException error = Fails(problem);
        Relaxation change = Assert.Single(error.Relaxation);
        Assert.Equal("Shift (at most 0.1)", change.Name);
        Assert.Equal(0.2, change.To, 1e-9);
    }

    [Fact]
    public void Solve_TwoSeparateContradictions_ChangesTwo()
    {
        ProportionProblem problem = ProportionCases.Example(
            bounds: new() { ["math"] = new(0.3, 0.4), ["code"] = new(0.1, 0.2) },
            least: new() { ["code"] = 300 },
            most: new() { ["math"] = 250 });
        ProportionInfeasibleException error = Fails(problem);
        Assert.Equal(2, error.Relaxation.Count);
        Assert.True(error.IsSmallest);
        Assert.Equal(4, error.Conflict.Count);
        Assert.Contains("The fewest changes, 2, would do: Bounds of 'math' (at least 0.3) to 0.25; Bounds of 'code' (at most 0.2) to 0.3.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_LeastCountsAboveTheResult_GivesWholeRows()
    {
        ProportionInfeasibleException error = Fails(ProportionCases.Example(least: new() { ["math"] = 401, ["code"] = 300, ["chat"] = 300 }));
        Relaxation change = Assert.Single(error.Relaxation);
        Assert.Equal("MinCounts of 'math' (at least 401 rows)", change.Name);
        Assert.Equal(400, change.Enough);
        Assert.Contains("(at least 401 rows) to 400.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_ManyContradictions_SaysThatTheSetMayNotBeTheSmallest()
    {
        string[] names = [.. Enumerable.Range(0, 8).Select(i => $"c{i}")];
        ProportionProblem problem = new()
        {
            Categories = names,
            Importance = [.. names.Select(_ => 1.0)],
            Matrix = new CategoryMatrix("m", names, new double[8, 8]),
            Count = 800,
            Bounds = names.Take(4).ToDictionary(n => n, _ => new ShareRange(0.2, 1)),
            MaxCounts = names.Take(4).ToDictionary(n => n, _ => 80),
        };
        ProportionInfeasibleException error = Fails(problem);
        Assert.False(error.IsSmallest);
        Assert.Equal(4, error.Relaxation.Count);
        Assert.Contains("Too many limits contradict each other", error.Message, StringComparison.Ordinal);
        Assert.Equal("optimal", ProportionSolver.Solve(error.Relaxation.Aggregate(problem, (p, r) => ProportionCases.With(p, r.Limit, r.Enough)), _solver).Status);
    }

    [Fact]
    public void Solve_TooFewRows_OtherLimitsGiveWayFirst()
    {
        ProportionProblem problem = new()
        {
            Categories = ["a", "b"],
            Importance = [0.9, 0.1],
            Matrix = new CategoryMatrix("m", ["a", "b"], new double[,] { { 1, 0 }, { 0, 1 } }),
            Count = 100,
            Available = [50, 100],
            MaxChange = 0.05,
        };
        ProportionInfeasibleException error = Fails(problem);
        Assert.Equal("MaxChange (at most 0.05)", Assert.Single(error.Relaxation).Name);
        Assert.Contains("rows of 'a' (at most 50 rows)", error.Conflict);
        Assert.Equal(0.4, error.Relaxation[0].To, 1e-9);
    }

    [Fact]
    public void Solve_RowsAloneTooFew_SaysThatRowsAreNeeded()
    {
        ProportionProblem problem = new()
        {
            Categories = ["a", "b"],
            Importance = [0.5, 0.5],
            Matrix = new CategoryMatrix("m", ["a", "b"], new double[,] { { 1, 0 }, { 0, 1 } }),
            Count = 100,
            Available = [40, 50],
        };
        Assert.Contains("which needs more rows", Fails(problem).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_ScarceCell_NamesWhatToChange()
    {
        ProportionProblem problem = new()
        {
            Categories = ["a", "b"],
            Importance = [0.5, 0.5],
            Matrix = new CategoryMatrix("m", ["a", "b"], new double[,] { { 1, 0 }, { 0, 1 } }),
            Count = 100,
            Axes = ["lang"],
            Cells = [new(0, ["en"], 45, 100), new(0, ["zh"], 5, 8), new(1, ["en"], 45, 100), new(1, ["zh"], 5, 12)],
            Shift = 0.1,
            Groups = [new CategoryGroup("Chinese", [], 0.3, 1) { Axis = "lang", Values = ["zh"] }],
        };
        ProportionInfeasibleException error = Fails(problem);
        Assert.Equal("Groups 'Chinese' (at least 0.3)", Assert.Single(error.Relaxation).Name);
        Assert.Equal(0.2, error.Relaxation[0].Enough, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Solve_Random_IsAsSmallAsTryingEverySet(int seed)
    {
        Random random = new(seed);
        int[] sizes = new int[5];
        for (int round = 0; round < 25; round++)
        {
            ProportionProblem problem = ProportionCases.Random(random, mayContradict: true);
            ProportionInfeasibleException error;
            try
            {
                _ = ProportionSolver.Solve(problem, _solver);
                continue;
            }
            catch (ProportionInfeasibleException exception)
            {
                error = exception;
            }

            string place = $"seed {seed} round {round}: {error.Message}";
            int smallest = Smallest(problem, 3);
            Assert.True(error.IsSmallest == smallest <= 3, place);
            if (!error.IsSmallest)
            {
                continue;
            }

            sizes[smallest]++;
            Assert.True(error.Relaxation.Count == smallest, place);
            ProportionProblem mended = error.Relaxation.Aggregate(problem, (p, r) => ProportionCases.With(p, r.Limit, r.Enough));
            Assert.True(Solvable(mended), $"not mended, {place}");

            // A little less of every change is not enough.
            ProportionProblem nearly = error.Relaxation.Aggregate(problem, (p, r) => ProportionCases.With(p, r.Limit, r.To - (r.Limit.Looser * (r.Limit.CountsRows ? 1 : 1e-4))));
            Assert.False(Solvable(nearly), $"more than needed, {place}");
        }

        Assert.True(sizes[1] + sizes[2] > 3 && sizes[2] > 0, $"sizes {string.Join(' ', sizes)}");
    }

    private ProportionInfeasibleException Fails(ProportionProblem problem) => Assert.Throws<ProportionInfeasibleException>(() => ProportionSolver.Solve(problem, _solver));

    // The fewest limits that, set as loose as can be, leave an answer.
    private int Smallest(ProportionProblem problem, int most)
    {
        double total = problem.Importance.Sum();
        ShareLimit[] limits = [.. ShareLimits.Of(problem, [.. problem.Importance.Select(a => a / total)]).Where(l => l.Kind != LimitKind.Rows)];
        for (int size = 1; size <= most; size++)
        {
            if (Sets(limits.Length, size).Any(set => Solvable(set.Aggregate(problem, (p, i) => ProportionCases.With(p, limits[i], limits[i].Loosest)))))
            {
                return size;
            }
        }

        return most + 1;
    }

    private static IEnumerable<int[]> Sets(int count, int size) => size == 0
        ? [[]]
        : Enumerable.Range(0, count).SelectMany(last => Sets(last, size - 1).Select(set => (int[])[.. set, last]));

    private bool Solvable(ProportionProblem problem)
    {
        double total = problem.Importance.Sum();
        double[] alpha = [.. problem.Importance.Select(a => a / total)];
        return _solver.Solve(new ProportionProgram(problem, alpha, new double[alpha.Length]).Plain()).Status == SolveStatus.Optimal;
    }
}
