namespace Sluice.Proportions;

/// <summary>
/// Solves EE-CPO exactly: maximise <c>alpha^T Gamma w</c> over shares w (Zhao et al., arXiv 2409.07045, with the limits the paper's code reaches by stopping early stated
/// as constraints).
/// </summary>
internal static class ProportionSolver
{
    /// <summary>
    /// The best shares. Throws <see cref="ArgumentException"/> with all mistakes of the problem, <see cref="InvalidDataException"/> for categories the matrix does not
    /// hold, <see cref="ProportionInfeasibleException"/> when the limits contradict each other.
    /// </summary>
    public static ProportionAnswer Solve(ProportionProblem problem, ILinearSolver solver)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solver);
        ProportionCheck.Throw(problem);
        double total = problem.Importance.Sum();
        double[] alpha = [.. problem.Importance.Select(a => a / total)];
        double[] worth = Worth(problem.Matrix.Align(problem.Categories, problem.Unknown), alpha);
        LinearProgram program = ProportionProgram.Build(problem, alpha, worth);
        LinearSolution solution = solver.Solve(program);
        return solution.Status switch
        {
            SolveStatus.Optimal => Answer(problem, alpha, worth, program, solution),
            SolveStatus.Infeasible => throw ElasticProgram.Explain(problem, alpha, solver),
            _ => throw new InvalidOperationException("The proportions have no largest value although all shares lie between 0 and 1. This is a bug."),
        };
    }

    private static double[] Worth(double[,] gamma, double[] alpha)
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

    private static ProportionAnswer Answer(ProportionProblem problem, double[] alpha, double[] worth, LinearProgram program, LinearSolution solution)
    {
        int size = alpha.Length;
        double[] weights = new double[size];
        double objective = 0;
        for (int j = 0; j < size; j++)
        {
            weights[j] = Math.Clamp(solution.Values[j], program.Lower[j], program.Upper[j]);
            objective += worth[j] * weights[j];
        }

        Dictionary<string, double> duals = new(StringComparer.Ordinal);
        for (int i = 0; i < program.Constraints.Count; i++)
        {
            // The rows that split a share's change into up and down are ours, not the user's.
            if (program.Constraints[i].Name.Length > 0)
            {
                duals[program.Constraints[i].Name] = solution.Duals[i] * ProportionProgram.Unit(program.Constraints[i].Name);
            }
        }

        Dictionary<string, double> reducedCosts = Enumerable.Range(0, size)
            .ToDictionary(j => problem.Categories[j], j => solution.ReducedCosts[j], StringComparer.Ordinal);
        return new ProportionAnswer(problem.Categories, alpha, worth, weights, objective, DualObjective.Of(program, solution), duals, reducedCosts, "optimal");
    }
}
