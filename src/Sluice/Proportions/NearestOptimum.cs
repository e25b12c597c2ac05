namespace Sluice.Proportions;

/// <summary>
/// Chooses among equal optima: first the one that moves the cells least from the rows that came in, then, where there are further axes, the one that keeps the cells' parts in
/// each category nearest to what they were. The same answer every time.
/// </summary>
internal static class NearestOptimum
{
    /// <summary>The chosen values of the programme's own variables.</summary>
    public static double[] Of(ProportionProblem problem, ProportionProgram program, LinearProgram plain, LinearSolution best, ILinearSolver solver)
    {
        int columns = plain.Objective.Length;
        double[] mix = Mix(problem, program);
        LinearProgram nearest = OptimalFace.Nearest(OptimalFace.Of(plain, best), program.FirstCell, mix);
        LinearSolution near = solver.Solve(nearest);
        if (near.Status != SolveStatus.Optimal)
        {
            // Fixing limits that hold only to the solver's tolerance may leave no point; the first optimum is one all the same.
            return best.Values;
        }

        if (program.FirstCell == 0)
        {
            return near.Values[..columns];
        }

        LinearProgram face = OptimalFace.Of(nearest, near);
        for (int j = 0; j < program.Size; j++)
        {
            face.Lower[j] = near.Values[j];
            face.Upper[j] = near.Values[j];
        }

        LinearSolution even = solver.Solve(OptimalFace.Nearest(face, program.FirstCell, Targets(problem, program, near.Values, mix)));
        return (even.Status == SolveStatus.Optimal ? even : near).Values[..columns];
    }

    // Shares of the rows that came in, cell by cell.
    private static double[] Mix(ProportionProblem problem, ProportionProgram program)
    {
        int[] rows = problem.Cells.Count > 0 ? [.. problem.Cells.Select(cell => cell.Incoming)] : [.. problem.Incoming];
        double total = rows.Sum(n => (double)n);
        return total > 0 ? [.. rows.Select(n => n / total)]
            : program.FirstCell == 0 ? program.Alpha
            : new double[program.CellCount];
    }

    // Each category's share, split as its rows that came in are; where none came, as the rows there are.
    private static double[] Targets(ProportionProblem problem, ProportionProgram program, double[] values, double[] mix)
    {
        double[] present = new double[program.Size];
        double[] available = new double[program.Size];
        for (int c = 0; c < mix.Length; c++)
        {
            present[program.CategoryOf(c)] += mix[c];
            available[program.CategoryOf(c)] += problem.Cells[c].Available;
        }

        double[] targets = new double[mix.Length];
        for (int c = 0; c < mix.Length; c++)
        {
            int category = program.CategoryOf(c);
            double part = present[category] > 0 ? mix[c] / present[category] : problem.Cells[c].Available / Math.Max(1, available[category]);
            targets[c] = part * values[category];
        }

        return targets;
    }
}
