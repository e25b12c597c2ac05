using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class SecondAxisTests
{
    private readonly ClpSolver _solver = new();

    [Fact]
    public void Solve_LanguageLimited_SharesAreSumsOfCells()
    {
        ProportionAnswer answer = ProportionSolver.Solve(Two(0.2, 0.3, [40, 10, 40, 10]), _solver);
        Assert.Equal([0.5, 0.5], answer.Alpha);
        Assert.Equal(0.6, answer.Weights[0], 1e-9);
        Assert.Equal(answer.Weights[0], answer.Cells[0] + answer.Cells[1], 1e-9);
        Assert.Equal(answer.Weights[1], answer.Cells[2] + answer.Cells[3], 1e-9);

        // Chinese already holds 20 %, so each category keeps its mix of languages.
        Assert.All(new[] { 0.48, 0.12, 0.32, 0.08 }.Zip(answer.Cells), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(0, answer.Duals["Groups 'Chinese'"], 1e-9);
        Assert.Equal(answer.Objective, answer.DualObjective, 1e-9);
    }

    [Fact]
    public void Solve_LanguageHoldsBack_HasAPrice()
    {
        // Of 'a' there are Chinese rows alone to be had beyond what came in, and Chinese may not exceed 22 %.
        ProportionProblem problem = Two(0, 0.22, [40, 40, 40, 10]);
        ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
        Assert.True(answer.Cells[1] + answer.Cells[3] <= 0.22 + 1e-9);
        Assert.Equal(0.6, answer.Weights[0], 1e-9);
        problem = Two(0, 0.15, [40, 40, 100, 10]);
        answer = ProportionSolver.Solve(problem, _solver);

        // a: 40 English at most, and 15 Chinese.
        Assert.Equal(0.55, answer.Weights[0], 1e-9);
        LimitPrice price = ProportionSolver.Prices(problem, answer, _solver).Limits.Single(p => p.Limit.Kind == LimitKind.Groups && p.Limit.IsUpper);
        Assert.Equal(1, price.Price, 1e-9);
        Assert.Equal(0.2, price.Loosest!.Value, 1e-7);
        LimitPrice rows = ProportionSolver.Prices(problem, answer, _solver).Limits.Single(p => p.Limit.Name == "rows of 'a' with lang 'en'");
        Assert.Equal(0.01, rows.Price, 1e-9);
    }

    [Fact]
    public void Solve_CategoriesAndLanguageTogether_LimitsTheirCommonRows()
    {
        ProportionProblem problem = Two(0, 1, [100, 100, 100, 100], new CategoryGroup(null, ["a"], 0.3, 1) { Axis = "lang", Values = ["zh"] });
        ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
        Assert.Equal("a with lang = zh", problem.Groups[1].Label);
        Assert.Equal(0.3, answer.Cells[1], 1e-9);
        Assert.Equal(0.6, answer.Weights[0], 1e-9);
    }

    [Fact]
    public void Solve_EqualOptima_StaysNearestToWhatCameIn()
    {
        // All categories are worth the same: nothing need move but what a limit demands.
        ProportionProblem problem = new()
        {
            Categories = ["a", "b", "c"],
            Importance = [5, 3, 2],
            Matrix = new CategoryMatrix("m", ["a", "b", "c"], new double[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } }),
            Count = 100,
            Shift = 0.5,
            Bounds = new Dictionary<string, ShareRange> { ["c"] = new(0.25, 1) },
            Incoming = [60, 25, 15],
            Available = [100, 100, 100],
        };
        ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
        Assert.Equal(0.25, answer.Weights[2], 1e-9);
        Assert.Equal(0.2, Enumerable.Range(0, 3).Sum(j => Math.Abs(answer.Weights[j] - (problem.Incoming[j] / 100.0))), 1e-9);
        Assert.Equal(1, answer.Objective, 1e-9);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Solve_Random_KeepsTheObjectiveAndMovesNoMoreThanNeeded(int seed)
    {
        Random random = new(seed);
        int tried = 0;
        for (int round = 0; round < 30; round++)
        {
            ProportionProblem problem = ProportionCases.Random(random, mayContradict: false);
            double[] alpha = ProportionSolver.Alpha(problem.Importance);

            // Coarse worths make equal optima common.
            ProportionProgram program = new(problem, alpha, [.. alpha.Select((_, j) => j % 2 == 0 ? 1.0 : 0.5)]);
            LinearProgram plain = program.Plain();
            LinearSolution best = _solver.Solve(plain);
            if (best.Status != SolveStatus.Optimal || problem.Cells.Count == 0)
            {
                continue;
            }

            tried++;
            double[] values = NearestOptimum.Of(problem, program, plain, best, _solver);
            Assert.Equal(best.Objective, values.Take(program.Size).Zip(program.Worth, (w, s) => w * s).Sum(), 1e-9);
            double came = problem.Cells.Sum(c => c.Incoming);
            double moved = problem.Cells.Select((c, i) => Math.Abs(values[program.Size + i] - (c.Incoming / came))).Sum();

            // The same by holding the objective itself in a row.
            LinearProgram held = plain with
            {
                Constraints = [.. plain.Constraints, new LinearConstraint("objective", [.. Enumerable.Range(0, program.Size)], program.Worth, best.Objective - 1e-9, double.PositiveInfinity)],
            };
            LinearSolution least = _solver.Solve(OptimalFace.Nearest(held, program.Size, [.. problem.Cells.Select(c => c.Incoming / came)]));
            Assert.Equal(-least.Objective, moved, 1e-6);
        }

        Assert.True(tried > 5, $"only {tried}");
    }

    private static ProportionProblem Two(double least, double most, int[] available, params CategoryGroup[] more) => new()
    {
        Categories = ["a", "b"],
        Importance = [1, 1],
        Matrix = new CategoryMatrix("m", ["a", "b"], new double[,] { { 2, 0 }, { 0, 0 } }),
        Count = 100,
        Axes = ["lang"],
        Cells = [new(0, ["en"], 40, available[0] + (available[0] == 40 && most == 0.3 ? 60 : 0)), new(0, ["zh"], 10, available[1] + 10), new(1, ["en"], 40, available[2]), new(1, ["zh"], 10, available[3])],
        Shift = 0.1,
        Groups = [new CategoryGroup("Chinese", [], least, most) { Axis = "lang", Values = ["zh"] }, .. more],
    };
}
