namespace Sluice.Proportions;

/// <summary>
/// Solves EE-CPO exactly: maximise <c>alpha^T Gamma w</c> over shares w (Zhao et al., arXiv 2409.07045, with the limits the paper's code reaches by stopping early stated
/// as constraints).
/// </summary>
internal static class ProportionSolver
{
    /// <summary>
    /// The best shares; among equally good ones those that move the rows that came in least. Throws <see cref="ArgumentException"/> with all mistakes of the problem,
    /// <see cref="InvalidDataException"/> for categories the matrix does not hold, <see cref="ProportionInfeasibleException"/> when the limits contradict each other.
    /// </summary>
    public static ProportionAnswer Solve(ProportionProblem problem, ILinearSolver solver)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solver);
        ProportionCheck.Throw(problem);
        ProportionProgram program = Program(problem);
        LinearProgram plain = program.Plain();
        LinearSolution solution = solver.Solve(plain);
        return solution.Status switch
        {
            SolveStatus.Optimal => Answer(problem, program, plain, solution, NearestOptimum.Of(problem, program, plain, solution, solver)),
            SolveStatus.Infeasible => throw LimitConflict.Explain(problem, program, solver),
            _ => throw new InvalidOperationException("The proportions have no largest value although all shares lie between 0 and 1. This is a bug."),
        };
    }

    /// <summary>What every limit costs, and how far each worth may change before another answer is best. Many small solves: a second or so where there are thousands of cells.</summary>
    public static ProportionPrices Prices(ProportionProblem problem, ProportionAnswer answer, ILinearSolver solver)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(answer);
        ProportionProgram program = Program(problem);
        return new ProportionPrices(LimitPrices.Of(program, answer, solver), WorthRanges.Of(program, answer, solver));
    }

    /// <summary>Importances brought to a sum of 1.</summary>
    public static double[] Alpha(IReadOnlyList<double> importance)
    {
        double total = importance.Sum();
        return [.. importance.Select(a => a / total)];
    }

    /// <summary><c>alpha^T Gamma</c>: what one unit of each category's share adds to the objective.</summary>
    public static double[] Worth(double[,] gamma, double[] alpha)
    {
        double[] worth = new double[alpha.Length];
        for (int target = 0; target < alpha.Length; target++)
        {
            for (int trained = 0; trained < alpha.Length; trained++)
            {
                worth[trained] += alpha[target] * gamma[target, trained];
            }
        }

        return worth;
    }

    private static ProportionProgram Program(ProportionProblem problem)
    {
        double[] alpha = Alpha(problem.Importance);
        return new ProportionProgram(problem, alpha, Worth(problem.Matrix.Align(problem.Categories, problem.Unknown), alpha));
    }

    private static ProportionAnswer Answer(ProportionProblem problem, ProportionProgram program, LinearProgram plain, LinearSolution solution, double[] values)
    {
        double[] weights = new double[program.Size];
        double objective = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = Math.Clamp(values[j], plain.Lower[j], plain.Upper[j]);
            objective += program.Worth[j] * weights[j];
        }

        Dictionary<string, double> duals = new(StringComparer.Ordinal);
        for (int i = 0; i < plain.Constraints.Count; i++)
        {
            // The rows that tie shares to cells and changes are ours, not the user's. The shift is half the sum of all changes.
            if (plain.Constraints[i].Name is { Length: > 0 } name)
            {
                duals[name] = solution.Duals[i] * (name == "Shift" ? 2 : 1);
            }
        }

        return new ProportionAnswer
        {
            Categories = problem.Categories,
            Alpha = program.Alpha,
            Worth = program.Worth,
            Weights = weights,
            Cells = [.. Enumerable.Range(program.FirstCell, program.CellCount).Select(c => Math.Clamp(values[c], plain.Lower[c], plain.Upper[c]))],
            Values = values,
            BoundPrices = solution.ReducedCosts,
            Objective = objective,
            DualObjective = DualObjective.Of(plain, solution),
            Duals = duals,
            ReducedCosts = Enumerable.Range(0, weights.Length).ToDictionary(j => problem.Categories[j], j => solution.ReducedCosts[j], StringComparer.Ordinal),
        };
    }
}
