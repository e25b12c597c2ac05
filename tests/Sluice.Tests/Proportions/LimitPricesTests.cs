using Sluice.Clp;
using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class LimitPricesTests
{
    private readonly ClpSolver _solver = new();

    [Theory]
    [InlineData(0.03, 0.41, 0, 0.2)]
    [InlineData(0.25, 0.01, 0.2, 0.7)]
    public void Prices_Shift_GivesPriceAndItsRange(double shift, double price, double from, double to)
    {
        // Up to 0.2 shift moves from math (0.09) to code (0.50), then from chat (0.49) until nothing is left.
        LimitPrice found = Of(ProportionCases.Example(shift: shift), "Shift", true);
        Near(price, from, to, found);
    }

    [Fact]
    public void Prices_BoundOfCode_GivesPriceAndItsRange()
    {
        // With 0.1 to move and code at most 0.35, half goes to chat: a unit more of code is worth 0.50 - 0.49, up to 0.4.
        ProportionProblem problem = ProportionCases.Example(shift: 0.1, bounds: new() { ["code"] = new(0, 0.35) });
        Near(0.01, 0.3, 0.4, Of(problem, "Bounds of 'code'", true));
        Near(0.40, 0.05, 0.2, Of(problem, "Shift", true));
    }

    [Fact]
    public void Prices_LowerBound_IsWorthLess()
    {
        // math may not fall below 0.15: each unit less would move from 0.09 to 0.50.
        LimitPrice found = Of(ProportionCases.Example(shift: 0.1, bounds: new() { ["math"] = new(0.15, 1) }), "Bounds of 'math'", false);
        Near(0.40, 0.10, 0.2, found, loosestFirst: true);
    }

    [Fact]
    public void Prices_TwoLimitsMeet_EachAloneGainsWhatItAloneGains()
    {
        // At 0.33 both the shift and the bound of code stop: more shift goes to chat (0.40), more room for code alone gains nothing.
        ProportionProblem problem = ProportionCases.Example(shift: 0.03, bounds: new() { ["code"] = new(0, 0.33) });
        LimitPrice shift = Of(problem, "Shift", true);
        Assert.Equal(0.40, shift.Price, 1e-9);
        Assert.Equal(0.03, shift.Tightest, 1e-7);
        Assert.Equal(0.2, shift.Loosest!.Value, 1e-7);
        LimitPrice bound = Of(problem, "Bounds of 'code'", true);
        Assert.True(bound.Binding);
        Assert.Equal(0, bound.Price);
        Assert.Null(bound.Loosest);
    }

    [Fact]
    public void Prices_RelativeChange_MovesEveryCategoryAtOnce()
    {
        // At 0.1: math -0.02, code +0.03, so chat -0.01: worth 0.09 x -0.2 + 0.5 x 0.3 + 0.49 x -0.1 a unit, until math is gone at 1.
        LimitPrice found = Of(ProportionCases.Example(relative: 0.1), "MaxRelativeChange", true);
        Near((0.09 * -0.2) + (0.5 * 0.3) + (0.49 * -0.1), 0, 1, found);
        ProportionAnswer answer = ProportionSolver.Solve(ProportionCases.Example(relative: 0.1), _solver);
        Assert.All(new[] { 0.18, 0.33, 0.49 }.Zip(answer.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Prices_CountsAndRows_AreARowEach()
    {
        ProportionProblem least = ProportionCases.Example(shift: 0.1, least: new() { ["math"] = 150 });
        LimitPrice found = Of(least, "MinCounts of 'math'", false);
        Assert.Equal(0.40 / 1000, found.Price, 1e-12);
        Assert.Equal(100, found.Loosest!.Value, 1e-4);
        Assert.Equal(200, found.Tightest, 1e-4);
        LimitPrice rows = Of(ProportionCases.Example(shift: 0.1, available: [1000, 350, 1000]), "rows of 'code'", true);
        Assert.Equal(0.01 / 1000, rows.Price, 1e-12);
        Assert.Equal(400, rows.Loosest!.Value, 1e-4);
        LimitPrice most = Of(ProportionCases.Example(shift: 0.1, most: new() { ["code"] = 350 }), "MaxCounts of 'code'", true);
        Assert.Equal(rows.Price, most.Price, 1e-12);
        LimitPrice relative = Of(ProportionCases.Example(shift: 0.1, relativeBounds: new() { ["code"] = new(0, 1.1) }), "RelativeBounds of 'code'", true);
        Assert.Equal(0.3 * 0.01, relative.Price, 1e-9);
        Assert.Equal(4.0 / 3, relative.Loosest!.Value, 1e-6);
    }

    [Fact]
    public void Prices_NotReached_SaysWhereItWouldBegin()
    {
        LimitPrice found = Of(ProportionCases.Example(shift: 0.03, bounds: new() { ["code"] = new(0.1, 0.5) }), "Bounds of 'code'", true);
        Assert.False(found.Binding);
        Assert.Equal(0, found.Price);
        Assert.Equal(0.33, found.Tightest, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Prices_Random_AreWhatSolvingAgainGives(int seed)
    {
        Random random = new(seed);
        int ranges = 0;
        for (int round = 0; round < 25; round++)
        {
            ProportionProblem problem = ProportionCases.Random(random, mayContradict: false);
            if (Objective(problem) is not double best)
            {
                continue;
            }

            ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
            foreach (LimitPrice price in ProportionSolver.Prices(problem, answer, _solver).Limits.Where(p => p.Price > 0 && !p.Limit.CountsRows))
            {
                string place = $"seed {seed} round {round} {price.Limit}";
                double to = price.Loosest!.Value;
                double from = price.Tightest;
                foreach (double part in (double[])[0.001, 0.5, 1])
                {
                    Along(part, to);
                    Along(part, from);
                }

                // Beyond the ends the price is another, unless the number cannot go further.
                double slight = 1e-3 * price.Limit.Looser;
                if (Math.Abs(to - price.Limit.Loosest) > 2e-3)
                {
                    double more = Objective(ProportionCases.With(problem, price.Limit, to + slight))!.Value;
                    Assert.True(more < best + (price.Price * Math.Abs(to + slight - price.Limit.Value)) - 1e-9, $"{place}: beyond {to}");
                }

                if (Math.Abs(from - price.Limit.Tightest) > 2e-3 && Objective(ProportionCases.With(problem, price.Limit, from - slight)) is double less)
                {
                    Assert.True(less < best - (price.Price * Math.Abs(price.Limit.Value - from + slight)) - 1e-9, $"{place}: before {from}");
                }

                ranges++;

                void Along(double part, double end)
                {
                    double moved = part * (end - price.Limit.Value);
                    double? objective = Objective(ProportionCases.With(problem, price.Limit, price.Limit.Value + moved));
                    Assert.True(objective is not null || part == 1, $"{place}: no answer at {part} of the way to {end}");
                    Assert.Equal(best + (price.Price * moved * price.Limit.Looser), objective ?? (best + (price.Price * moved * price.Limit.Looser)), 1e-8);
                }
            }
        }

        Assert.True(ranges > 25, $"only {ranges} ranges");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Worths_Random_AnswerHoldsInsideTheRangeAndNotOutside(int seed)
    {
        Random random = new(seed);
        int ends = 0;
        for (int round = 0; round < 15; round++)
        {
            ProportionProblem problem = ProportionCases.Random(random, mayContradict: false);
            if (Objective(problem) is null)
            {
                continue;
            }

            ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
            ProportionPrices prices = ProportionSolver.Prices(problem, answer, _solver);
            ProportionProgram program = new(problem, answer.Alpha, answer.Worth);
            for (int j = 0; j < answer.Weights.Length; j++)
            {
                WorthRange range = prices.Worths[j];
                Assert.InRange(answer.Worth[j], range.From ?? double.NegativeInfinity, range.To ?? double.PositiveInfinity);
                foreach (double end in new[] { range.From, range.To }.OfType<double>())
                {
                    Assert.Equal(answer.Weights[j] * end + Rest(j), Best(j, end), 1e-8);
                    double outside = end + (end < answer.Worth[j] || end == range.From ? -0.01 : 0.01);
                    Assert.True(Best(j, outside) > (answer.Weights[j] * outside) + Rest(j) + 1e-9, $"seed {seed} round {round} category {j} at {outside}");
                    ends++;
                }

                double Rest(int category) => answer.Objective - (answer.Weights[category] * answer.Worth[category]);

                double Best(int category, double worth)
                {
                    double[] worths = [.. answer.Worth];
                    worths[category] = worth;
                    return _solver.Solve(program.Plain(worths)).Objective;
                }
            }
        }

        Assert.True(ends > 20, $"only {ends} ends");
    }

    [Fact]
    public void Words_Limits_AreTheUsersOwn()
    {
        Assert.Equal(
            "The limit on the total shift (3 %) holds the objective back: one percentage point more is worth +0.0041, up to 20 %. Tightening it costs as much, down to 0 %.",
            Words(ProportionCases.Example(shift: 0.03), "Shift", true));
        Assert.Equal(
            "The lower bound of 'math' (15 %) holds the objective back: one percentage point less is worth +0.004, down to 10 %. Tightening it costs as much, up to 20 %.",
            Words(ProportionCases.Example(shift: 0.1, bounds: new() { ["math"] = new(0.15, 1) }), "Bounds of 'math'", false));
        Assert.Equal(
            "The upper bound of 'code' (39.5 %) holds the objective back: loosening it is worth +0.0001 for one percentage point, but only up to 40 %. Tightening it costs as much, down to 30 %.",
            Words(ProportionCases.Example(shift: 0.1, bounds: new() { ["code"] = new(0, 0.395) }), "Bounds of 'code'", true));
        Assert.Equal(
            "The supply of 'code' (350 rows) holds the objective back: 10 rows more are worth +0.0001, up to 400 rows. Tightening it costs as much, down to 300 rows.",
            Words(ProportionCases.Example(shift: 0.1, available: [1000, 350, 1000]), "rows of 'code'", true));
        Assert.Equal(
            "The upper bound of 'code' (33 %) is reached, but loosening it alone gains nothing.",
            Words(ProportionCases.Example(shift: 0.03, bounds: new() { ["code"] = new(0, 0.33) }), "Bounds of 'code'", true));
        Assert.Equal(
            "The upper limit of the group 'talk' (90 %) is not reached: it would begin to hold the objective back at 50 %.",
            Words(ProportionCases.Example(shift: 0.03, groups: [new CategoryGroup("talk", ["chat"], 0, 0.9)]), "Groups 'talk'", true));
    }

    private string Words(ProportionProblem problem, string name, bool upper) => LimitWords.Of(Of(problem, name, upper), problem.Count);

    private LimitPrice Of(ProportionProblem problem, string name, bool upper) =>
        ProportionSolver.Prices(problem, ProportionSolver.Solve(problem, _solver), _solver).Limits.Single(p => p.Limit.Name == name && p.Limit.IsUpper == upper);

    // Without the checks, since limits moved for a trial may cross.
    private double? Objective(ProportionProblem problem)
    {
        double[] alpha = ProportionSolver.Alpha(problem.Importance);
        ProportionProgram program = new(problem, alpha, ProportionSolver.Worth(problem.Matrix.Align(problem.Categories, UnknownCategory.Refuse), alpha));
        LinearSolution solution = _solver.Solve(program.Plain());
        return solution.Status == SolveStatus.Optimal ? solution.Objective : null;
    }

    private static void Near(double price, double from, double to, LimitPrice found, bool loosestFirst = false)
    {
        Assert.True(found.Binding);
        Assert.Equal(price, found.Price, 1e-9);
        Assert.Equal(from, loosestFirst ? found.Loosest!.Value : found.Tightest, 1e-7);
        Assert.Equal(to, loosestFirst ? found.Tightest : found.Loosest!.Value, 1e-7);
    }
}
