namespace Sluice.Proportions;

/// <summary>
/// Rounds the cells' shares to whole rows: exactly the count asked for, never more than there are of a cell, and every limit of rows kept as well as whole numbers allow.
/// Largest remainders decide, first between categories, then inside each; where that breaks a limit, each cell is rounded up or down so that the fewest rows in all are
/// too many or too few, then the sum of the remainders rounded up is largest (controlled rounding; Cox, J. Am. Stat. Assoc. 82, 1987).
/// </summary>
internal sealed class ShareRounding
{
    // Shares from a solver carry noise of about 1e-12, which must not decide a rounding.
    private const double Noise = 1e-9;
    private const double Whole = 1e-6;

    // With one further axis the programme's vertices are whole; overlapping groups on several axes may need a few branches.
    private const int MostBranches = 300;

    // A category's own largest remainder yields to a limit, and to nothing else.
    private const double CategoryCost = 2;

    private readonly ILinearSolver _solver;
    private readonly IReadOnlyList<RowLimit> _limits;
    private readonly int[] _floor;
    private readonly LinearProgram _program;
    private int _branches;
    private (double Objective, double[] Values)? _best;

    private ShareRounding(double[] shares, IReadOnlyList<int> available, RowLimit[] categories, IReadOnlyList<RowLimit> limits, int count, ILinearSolver solver)
    {
        _solver = solver;
        _limits = limits;
        int size = shares.Length;
        _floor = [.. shares.Select((share, c) => (int)Math.Min(available[c], Math.Floor((share * count) + Noise)))];
        RowLimit[] soft = [.. limits, .. categories];
        double[] objective = new double[size + (2 * soft.Length)];
        double[] upper = new double[objective.Length];
        for (int c = 0; c < size; c++)
        {
            // The lowest cell wins a tie.
            objective[c] = Math.Round((shares[c] * count) - _floor[c], 6) - (1e-7 * c / size);
            upper[c] = Math.Min(1, available[c] - _floor[c]);
        }

        double limitCost = 10.0 * (size + 1);
        List<LinearConstraint> rows = [new("rows", [.. Enumerable.Range(0, size)], [.. Enumerable.Repeat(1.0, size)], count - _floor.Sum(), count - _floor.Sum())];
        for (int i = 0; i < soft.Length; i++)
        {
            int few = size + (2 * i);
            int floor = soft[i].Cells.Sum(c => _floor[c]);
            objective[few] = objective[few + 1] = i < limits.Count ? -limitCost : -CategoryCost;
            upper[few] = upper[few + 1] = double.PositiveInfinity;
            rows.Add(new LinearConstraint("", [.. soft[i].Cells, few, few + 1], [.. Enumerable.Repeat(1.0, soft[i].Cells.Length), 1, -1], soft[i].Min - floor, soft[i].Max - floor));
        }

        _program = new LinearProgram(objective, new double[objective.Length], upper, rows);
    }

    /// <summary>Rows of each cell.</summary>
    /// <param name="shares">Shares of the cells, 0 or more, summing to 1.</param>
    /// <param name="categories">Category of each cell.</param>
    /// <param name="count">Rows in all.</param>
    /// <param name="available">Rows of each cell there are.</param>
    /// <param name="limits">What sums of rows are to keep.</param>
    /// <param name="solver">Solves the rounding where limits are in the way.</param>
    public static int[] Round(double[] shares, IReadOnlyList<int> categories, int count, IReadOnlyList<int> available, IReadOnlyList<RowLimit> limits, ILinearSolver solver)
    {
        int[] plain = Plain(shares, categories, count, available, out int[] totals);
        int broken = limits.Sum(limit => limit.Broken(plain));
        if (broken == 0)
        {
            return plain;
        }

        RowLimit[] own = [.. totals.Select((total, k) => new RowLimit([.. Enumerable.Range(0, shares.Length).Where(c => categories[c] == k)], total, total)).Where(limit => limit.Cells.Length > 0)];
        int[]? kept = new ShareRounding(shares, available, own, limits, count, solver).Solve();
        return kept is not null && limits.Sum(limit => limit.Broken(kept)) < broken ? kept : plain;
    }

    private static int[] Plain(double[] shares, IReadOnlyList<int> categories, int count, IReadOnlyList<int> available, out int[] totals)
    {
        int size = categories.Max() + 1;
        double[] weights = new double[size];
        int[] there = new int[size];
        List<int>[] cells = [.. Enumerable.Range(0, size).Select(_ => new List<int>())];
        for (int c = 0; c < shares.Length; c++)
        {
            weights[categories[c]] += shares[c];
            there[categories[c]] = (int)Math.Min(int.MaxValue, (long)there[categories[c]] + available[c]);
            cells[categories[c]].Add(c);
        }

        totals = LargestRemainder.Round(weights, count, there);
        int[] counts = new int[shares.Length];
        for (int k = 0; k < size; k++)
        {
            double[] parts = [.. cells[k].Select(c => weights[k] > 0 ? shares[c] / weights[k] : 0)];
            int[] rows = LargestRemainder.Round(parts, totals[k], [.. cells[k].Select(c => available[c])]);
            for (int i = 0; i < rows.Length; i++)
            {
                counts[cells[k][i]] = rows[i];
            }
        }

        return counts;
    }

    private int[]? Solve()
    {
        Branch(_program);
        if (_best is not { } best)
        {
            return null;
        }

        return [.. _floor.Select((floor, c) => floor + (int)Math.Round(best.Values[c]))];
    }

    private void Branch(LinearProgram program)
    {
        if (_branches++ >= MostBranches)
        {
            return;
        }

        LinearSolution solution = _solver.Solve(program);
        if (solution.Status != SolveStatus.Optimal || (_best is { } best && solution.Objective <= best.Objective + Noise))
        {
            return;
        }

        int open = Array.FindIndex(solution.Values, 0, _floor.Length, value => Math.Abs(value - Math.Round(value)) > Whole);
        if (open < 0)
        {
            _best = (solution.Objective, solution.Values);
            return;
        }

        foreach (double side in solution.Values[open] >= 0.5 ? (double[])[1, 0] : [0, 1])
        {
            double[] lower = [.. program.Lower];
            double[] upper = [.. program.Upper];
            lower[open] = upper[open] = side;
            Branch(program with { Lower = lower, Upper = upper });
        }
    }
}
