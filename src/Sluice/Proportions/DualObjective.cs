namespace Sluice.Proportions;

/// <summary>The value of the dual programme at a solution's prices; equal to the objective exactly when the solution is optimal (strong duality).</summary>
internal static class DualObjective
{
    // A price this small stands for 0: its limit may be infinite.
    private const double Nothing = 1e-12;

    /// <summary>Sum of price x active limit over constraints and variables.</summary>
    public static double Of(LinearProgram program, LinearSolution solution)
    {
        double sum = 0;
        for (int i = 0; i < program.Constraints.Count; i++)
        {
            sum += Worth(solution.Duals[i], program.Constraints[i].Lower, program.Constraints[i].Upper);
        }

        for (int j = 0; j < program.Objective.Length; j++)
        {
            sum += Worth(solution.ReducedCosts[j], program.Lower[j], program.Upper[j]);
        }

        return sum;
    }

    private static double Worth(double price, double lower, double upper) => Math.Abs(price) < Nothing ? 0 : price * (price > 0 ? upper : lower);
}
