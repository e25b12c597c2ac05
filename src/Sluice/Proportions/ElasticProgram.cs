namespace Sluice.Proportions;

/// <summary>Why a problem has no answer: every limit may be broken at a price, and the cheapest way out names what must give.</summary>
internal static class ElasticProgram
{
    private const double Broken = 1e-9;

    /// <summary>The exception that tells the conflict and the smallest relaxation.</summary>
    public static ProportionInfeasibleException Explain(ProportionProblem problem, double[] alpha, ILinearSolver solver)
    {
        int size = alpha.Length;
        ShareLimit[] limits = [.. Enumerable.Range(0, size).SelectMany(j => ShareLimits.OfCategory(problem, alpha, j)), .. ShareLimits.OfSums(problem)];
        int shares = problem.Shift is null ? size : 3 * size;
        double[] objective = [.. new double[shares], .. limits.Select(limit => -limit.Cost)];
        double[] upper = [.. Enumerable.Repeat(1.0, shares), .. limits.Select(_ => double.PositiveInfinity)];
        LinearConstraint[] rows =
        [
            .. limits.Select((limit, i) => Elastic(limit, shares + i)),
            ProportionProgram.Total(size),
            .. ProportionProgram.Changes(problem, alpha),
        ];
        LinearSolution solution = solver.Solve(new LinearProgram(objective, new double[objective.Length], upper, rows));
        if (solution.Status != SolveStatus.Optimal)
        {
            throw new InvalidOperationException($"The relaxed proportions ended {solution.Status} although every limit may be broken. This is a bug.");
        }

        List<Relaxation> relaxation = [];
        List<string> conflict = [];
        for (int i = 0; i < limits.Length; i++)
        {
            double broken = solution.Values[shares + i];
            ShareLimit limit = limits[i];
            if (broken > Broken)
            {
                // The violation is counted in the user's units already.
                double from = limit.Limit / limit.Unit;
                relaxation.Add(new Relaxation(ShareLimits.Describe(limit), from, limit.IsUpper ? from + broken : from - broken));
            }

            if (broken > Broken || Math.Abs(solution.Duals[i]) > Broken)
            {
                conflict.Add(ShareLimits.Describe(limit));
            }
        }

        return new ProportionInfeasibleException(conflict, relaxation);
    }

    private static LinearConstraint Elastic(ShareLimit limit, int violation) => new(
        limit.Name,
        [.. limit.Columns, violation],
        [.. limit.Values, limit.IsUpper ? -limit.Unit : limit.Unit],
        limit.IsUpper ? double.NegativeInfinity : limit.Limit,
        limit.IsUpper ? limit.Limit : double.PositiveInfinity);
}
