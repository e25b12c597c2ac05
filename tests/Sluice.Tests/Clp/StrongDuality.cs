using Sluice.Proportions;

namespace Sluice.Tests.Clp;

/// <summary>Checks a claimed optimum from its own numbers: feasible, dual feasible by sign, and both objectives equal.</summary>
internal static class StrongDuality
{
    public static void Check(LinearProgram program, LinearSolution solution, double tolerance = 1e-9)
    {
        Assert.Equal(SolveStatus.Optimal, solution.Status);
        double dual = 0;
        double[] stationary = [.. program.Objective];
        for (int i = 0; i < program.Constraints.Count; i++)
        {
            LinearConstraint row = program.Constraints[i];
            double activity = 0;
            for (int k = 0; k < row.Columns.Length; k++)
            {
                activity += row.Values[k] * solution.Values[row.Columns[k]];
                stationary[row.Columns[k]] -= row.Values[k] * solution.Duals[i];
            }

            Assert.InRange(activity, row.Lower - tolerance, row.Upper + tolerance);
            dual += Worth(solution.Duals[i], row.Lower, row.Upper);
        }

        for (int j = 0; j < program.Objective.Length; j++)
        {
            Assert.InRange(solution.Values[j], program.Lower[j] - tolerance, program.Upper[j] + tolerance);
            Assert.Equal(stationary[j], solution.ReducedCosts[j], tolerance);
            dual += Worth(solution.ReducedCosts[j], program.Lower[j], program.Upper[j]);
        }

        double scale = 1 + Math.Abs(solution.Objective);
        Assert.Equal(solution.Objective / scale, dual / scale, tolerance);
    }

    private static double Worth(double price, double lower, double upper) => Math.Abs(price) < 1e-10 ? 0 : price * (price > 0 ? upper : lower);
}
