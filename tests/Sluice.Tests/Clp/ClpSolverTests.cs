using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Tests.Clp;

public sealed class ClpSolverTests
{
    private const double Free = double.PositiveInfinity;
    private readonly ClpSolver _solver = new();

    [Fact]
    public void Solve_TextbookProgram_GivesOptimumAndDuals()
    {
        // Wyndor Glass: 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18; optimum (2, 6) = 36, duals 0, 1.5, 1.
        LinearProgram program = new([3, 5], [0, 0], [Free, Free],
        [
            new("plant 1", [0], [1], -Free, 4),
            new("plant 2", [1], [2], -Free, 12),
            new("plant 3", [0, 1], [3, 2], -Free, 18),
        ]);
        LinearSolution solution = _solver.Solve(program);
        Near([2, 6], solution.Values);
        Assert.Equal(36, solution.Objective, 1e-9);
        Near([0, 1.5, 1], solution.Duals);
        Near([0, 0], solution.ReducedCosts);
        StrongDuality.Check(program, solution);
    }

    [Fact]
    public void Solve_ActiveBounds_ReducedCostIsWorthOfOneMoreUnit()
    {
        // 2x + y - z, x <= 3, y in [0, 10], z >= 1, x + y <= 5: x = 3 (worth 1 more a unit), y = 2, z = 1 (worth -1).
        LinearProgram program = new([2, 1, -1], [0, 0, 1], [3, 10, Free], [new("sum", [0, 1], [1, 1], -Free, 5)]);
        LinearSolution solution = _solver.Solve(program);
        Near([3, 2, 1], solution.Values);
        Near([1], solution.Duals);
        Near([1, 0, -1], solution.ReducedCosts);
        StrongDuality.Check(program, solution);
    }

    [Theory]
    [InlineData(1, 4, 1)]
    [InlineData(-1, 2, -1)]
    public void Solve_RangeRow_DualHasTheSignOfTheActiveSide(double cost, double expected, double dual)
    {
        LinearProgram program = new([cost], [0], [10], [new("range", [0], [1], 2, 4)]);
        LinearSolution solution = _solver.Solve(program);
        Near([expected], solution.Values);
        Near([dual], solution.Duals);
        StrongDuality.Check(program, solution);
    }

    [Fact]
    public void Solve_EqualityRow_DualMayBeNegative()
    {
        LinearProgram program = new([-1, -3], [0, 0], [Free, Free], [new("total", [0, 1], [1, 1], 7, 7)]);
        LinearSolution solution = _solver.Solve(program);
        Near([7, 0], solution.Values);
        Near([-1], solution.Duals);
        Near([0, -2], solution.ReducedCosts);
    }

    [Fact]
    public void Solve_Infeasible_SaysSo()
    {
        LinearProgram program = new([1, 1], [0, 0], [1, 1], [new("too much", [0, 1], [1, 1], 3, Free)]);
        Assert.Equal(SolveStatus.Infeasible, _solver.Solve(program).Status);
        Assert.Equal(SolveStatus.Infeasible, _solver.Solve(program with { Lower = [0, 2] }).Status);
    }

    [Fact]
    public void Solve_Unbounded_SaysSo()
    {
        LinearProgram open = new([1, 0], [0, 0], [Free, Free], [new("difference", [0, 1], [1, -1], -Free, 1)]);
        Assert.Equal(SolveStatus.Unbounded, _solver.Solve(open).Status);
        Assert.Equal(SolveStatus.Unbounded, _solver.Solve(new([1], [-Free], [Free], [])).Status);
    }

    [Fact]
    public void Solve_UnboundedDirectionButNoPoint_IsInfeasible()
    {
        LinearProgram program = new([1, 1], [0, 0], [Free, Free], [new("a", [0, 1], [1, -1], 1, Free), new("b", [0, 1], [1, -1], -Free, -1)]);
        Assert.Equal(SolveStatus.Infeasible, _solver.Solve(program).Status);
    }

    [Fact]
    public void Solve_NoConstraints_SitsOnBounds()
    {
        LinearProgram program = new([1, -1, 0], [0, 2, 3], [5, 9, 4], []);
        LinearSolution solution = _solver.Solve(program);
        Assert.Equal(3, solution.Objective, 1e-9);
        StrongDuality.Check(program, solution);
    }

    [Fact]
    public void Solve_Degenerate_Ends()
    {
        // Beale's example, on which the textbook simplex cycles; optimum 1/20.
        LinearProgram program = new([0.75, -150, 0.02, -6], [0, 0, 0, 0], [Free, Free, Free, Free],
        [
            new("a", [0, 1, 2, 3], [0.25, -60, -0.04, 9], -Free, 0),
            new("b", [0, 1, 2, 3], [0.5, -90, -0.02, 3], -Free, 0),
            new("c", [2], [1], -Free, 1),
        ]);
        LinearSolution solution = _solver.Solve(program);
        Assert.Equal(0.05, solution.Objective, 1e-9);
        StrongDuality.Check(program, solution);
    }

    [Fact]
    public void Solve_MalformedProgram_NamesEveryMistake()
    {
        LinearProgram program = new([1, double.NaN], [0, 0], [1, 1], [new("mix", [0, 0, 5], [1, 1, 1], 0, 1)]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => _solver.Solve(program));
        Assert.Contains("objective coefficient 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("'mix' names a column outside 0 to 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("'mix' names a column twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_MissingFile_SaysWhereItLookedAndTheRemedy()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => new ClpSolver("/nowhere/libClp.so.1"));
        Assert.Contains("/nowhere/libClp.so.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("coinor-libclp1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Solve_TinyRandomPrograms_MatchVertexEnumeration(int seed)
    {
        Random random = new(seed);
        int infeasible = 0;
        for (int round = 0; round < 60; round++)
        {
            LinearProgram program = RandomPrograms.Tiny(random);
            double? best = VertexEnumeration.Best(program);
            LinearSolution solution = _solver.Solve(program);
            Assert.True((best is null) == (solution.Status == SolveStatus.Infeasible), $"seed {seed} round {round}: {solution.Status}, brute force {best}");
            if (best is null)
            {
                infeasible++;
                continue;
            }

            Assert.Equal(best.Value, solution.Objective, 1e-6);
            StrongDuality.Check(program, solution, 1e-8);
        }

        Assert.InRange(infeasible, 1, 50);
    }

    [Theory]
    [InlineData(11, 20)]
    [InlineData(12, 100)]
    [InlineData(13, 300)]
    public void Solve_RandomProportionPrograms_PrimalEqualsDual(int seed, int categories)
    {
        LinearProgram program = RandomPrograms.Shares(new Random(seed), categories);
        LinearSolution solution = _solver.Solve(program);
        StrongDuality.Check(program, solution);
        LinearSolution again = _solver.Solve(program);
        Assert.Equal(solution.Values, again.Values);
        Assert.Equal(solution.Duals, again.Duals);
    }

    [Fact]
    public void Solve_ManyThreads_SameAnswers()
    {
        LinearProgram[] programs = [.. Enumerable.Range(0, 24).Select(i => RandomPrograms.Shares(new Random(100 + i), 30))];
        double[] alone = [.. programs.Select(p => _solver.Solve(p).Objective)];
        double[] together = [.. programs.AsParallel().AsOrdered().Select(p => _solver.Solve(p).Objective)];
        Assert.Equal(alone, together);
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-9);
        }
    }
}
