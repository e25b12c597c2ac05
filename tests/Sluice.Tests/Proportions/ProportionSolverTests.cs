using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class ProportionSolverTests
{
    private readonly ClpSolver _solver = new();

    [Theory]
    [InlineData(5, 1)]
    [InlineData(28, 2)]
    [InlineData(100, 3)]
    public void Solve_RandomShift_MatchesMovingMassFromWorstToBest(int size, int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 5; round++)
        {
            ProportionProblem problem = Random(random, size, shift: 0.3, change: null);
            ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
            Assert.Equal(Greedy(answer, 0.3), answer.Objective, 1e-9);
            Assert.Equal(answer.Objective, answer.DualObjective, 1e-9);
            Assert.Equal(1, answer.Weights.Sum(), 1e-9);
            Assert.InRange(answer.Weights.Zip(answer.Alpha, (w, a) => Math.Abs(w - a)).Sum(), 0, 0.6 + 1e-9);
        }
    }

    [Fact]
    public void Solve_EverythingLimited_KeepsAllLimitsAndBeatsAGrid()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            ProportionProblem problem = Random(random, 3, shift: 0.2, change: 0.15);
            problem = new ProportionProblem
            {
                Categories = problem.Categories,
                Importance = problem.Importance,
                Matrix = problem.Matrix,
                Count = 100,
                Shift = 0.2,
                MaxChange = 0.15,
                Available = [60, 100, 100],
                Bounds = new Dictionary<string, ShareRange> { ["c1"] = new(0.05, 0.9) },
                Groups = [new CategoryGroup("pair", ["c0", "c2"], 0.1, 0.95)],
            };
            ProportionAnswer answer;
            try
            {
                answer = ProportionSolver.Solve(problem, _solver);
            }
            catch (ProportionInfeasibleException)
            {
                Assert.Equal(double.NegativeInfinity, Grid(problem, out _));
                continue;
            }

            double best = Grid(problem, out double[] worth);
            Assert.True(Allowed(problem, answer.Alpha, answer.Weights), $"seed {seed}: {string.Join(' ', answer.Weights)}");
            Assert.True(answer.Objective >= best - 1e-9, $"seed {seed}: {answer.Objective} < {best}");
            Assert.True(answer.Objective <= best + (0.03 * worth.Max(Math.Abs)), $"seed {seed}: {answer.Objective} far above the grid's {best}");
            Assert.Equal(answer.Objective, answer.DualObjective, 1e-9);
        }
    }

    [Fact]
    public void Solve_Prices_TellWhatOneMoreUnitIsWorth()
    {
        ProportionAnswer at = ProportionSolver.Solve(Codes(0.10, 0.60), _solver);
        ProportionAnswer wider = ProportionSolver.Solve(Codes(0.101, 0.60), _solver);
        Assert.Equal((wider.Objective - at.Objective) / 0.001, at.Duals["Shift"], 1e-6);
        ProportionAnswer bounded = ProportionSolver.Solve(Codes(0.50, 0.40), _solver);
        ProportionAnswer more = ProportionSolver.Solve(Codes(0.50, 0.401), _solver);
        Assert.True(bounded.ReducedCosts["code"] > 0);
        Assert.Equal((more.Objective - bounded.Objective) / 0.001, bounded.ReducedCosts["code"], 1e-6);
        Assert.Equal(0, at.ReducedCosts["code"], 1e-9);
    }

    [Fact]
    public void Solve_NoRowsOfACategory_ShareIsZero()
    {
        ProportionProblem problem = new()
        {
            Categories = ["a", "b", "c"],
            Importance = [3, 1, 0],
            Matrix = new CategoryMatrix("m", ["a", "b", "c"], new double[,] { { 1, 0, 5 }, { 0, 1, 5 }, { 0, 0, 1 } }),
            Count = 10,
            Available = [20, 4, 0],
            MaxChange = 1,
        };
        ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
        Assert.Equal([0.75, 0.25, 0], answer.Alpha);
        Assert.Equal(1, answer.Weights[0], 1e-9);
        Assert.Equal(0, answer.Weights[2]);
    }

    [Fact]
    public void Solve_MistakenProblem_ListsEveryMistake()
    {
        ProportionProblem problem = new()
        {
            Categories = ["a", "b"],
            Importance = [1, -1],
            Matrix = new CategoryMatrix("m", ["a", "b"], new double[2, 2]),
            Count = 0,
            Shift = 2,
            MaxRelativeChange = -1,
            Bounds = new Dictionary<string, ShareRange> { ["z"] = new(0.5, 0.2) },
            RelativeBounds = new Dictionary<string, ShareRange> { ["a"] = new(2, 1) },
            MinCounts = new Dictionary<string, int> { ["x"] = -3 },
            Groups = [new CategoryGroup("g", ["a", "y"], 0, 1), new CategoryGroup("h", [], 0, 1) { Axis = "source", Values = ["s"] }],
        };
        string message = Assert.Throws<ArgumentException>(() => ProportionSolver.Solve(problem, _solver)).Message;
        Assert.All(
            new[] { "Importance", "Count: found 0", "Shift: found 2", "'z' is neither", "found 0.5 to 0.2", "'y' is neither", "MaxRelativeChange: found -1", "'a': found 2 to 1", "'x': found -3", "the axis 'source'" },
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static ProportionProblem Codes(double shift, double most) => new()
    {
        Categories = ["math", "code", "chat"],
        Importance = [0.2, 0.3, 0.5],
        Matrix = new CategoryMatrix("m", ["math", "code", "chat"], new[,] { { 1, 0.5, -0.2 }, { 0.3, 1, 0.1 }, { -0.4, 0.2, 1 } }),
        Count = 100,
        Shift = shift,
        Bounds = new Dictionary<string, ShareRange> { ["code"] = new(0, most) },
    };

    private static ProportionProblem Random(Random random, int size, double? shift, double? change)
    {
        double[,] gamma = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                gamma[i, j] = i == j ? 1 : (random.NextDouble() * 2) - 1;
            }
        }

        string[] names = [.. Enumerable.Range(0, size).Select(i => $"c{i}")];
        return new ProportionProblem
        {
            Categories = names,
            Importance = [.. names.Select(_ => random.NextDouble() + 0.05)],
            Matrix = new CategoryMatrix("random", names, gamma),
            Count = 1000,
            Shift = shift,
            MaxChange = change,
        };
    }

    // With the shift alone the optimum takes mass from the lowest worth, category by category, and gives it to the highest.
    private static double Greedy(ProportionAnswer answer, double shift)
    {
        double objective = answer.Alpha.Zip(answer.Worth, (a, s) => a * s).Sum();
        int best = Array.IndexOf(answer.Worth, answer.Worth.Max());
        double left = Math.Min(shift, 1 - answer.Alpha[best]);
        foreach (int j in Enumerable.Range(0, answer.Alpha.Length).OrderBy(j => answer.Worth[j]))
        {
            double moved = j == best ? 0 : Math.Min(left, answer.Alpha[j]);
            objective += moved * (answer.Worth[best] - answer.Worth[j]);
            left -= moved;
        }

        return objective;
    }

    private static double Grid(ProportionProblem problem, out double[] worth)
    {
        double total = problem.Importance.Sum();
        double[] alpha = [.. problem.Importance.Select(a => a / total)];
        double[] s = [.. problem.Categories.Select(trained => problem.Categories.Select((target, i) => alpha[i] * problem.Matrix[target, trained]).Sum())];
        double best = double.NegativeInfinity;
        const int steps = 150;
        for (int i = 0; i <= steps; i++)
        {
            for (int j = 0; i + j <= steps; j++)
            {
                double[] w = [(double)i / steps, (double)j / steps, (double)(steps - i - j) / steps];
                if (Allowed(problem, alpha, w))
                {
                    best = Math.Max(best, w.Zip(s, (x, y) => x * y).Sum());
                }
            }
        }

        worth = s;
        return best;
    }

    private static bool Allowed(ProportionProblem problem, double[] alpha, double[] w)
    {
        const double slack = 1e-9;
        bool allowed = w.Zip(alpha, (x, a) => Math.Abs(x - a)).Sum() <= (2 * problem.Shift!.Value) + slack;
        for (int j = 0; j < w.Length; j++)
        {
            allowed &= Math.Abs(w[j] - alpha[j]) <= problem.MaxChange!.Value + slack && w[j] >= -slack && w[j] <= ((double)problem.Available[j] / problem.Count) + slack;
            allowed &= !problem.Bounds.TryGetValue(problem.Categories[j], out ShareRange range) || (w[j] >= range.Min - slack && w[j] <= range.Max + slack);
        }

        double pair = w[0] + w[2];
        return allowed && pair >= problem.Groups[0].Min - slack && pair <= problem.Groups[0].Max + slack;
    }
}
