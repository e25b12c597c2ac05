namespace Sluice.Proportions;

/// <summary>
/// All optima of a linear programme: by complementary slackness, the points at which every limit with a price is met exactly. So a second aim can be followed without giving
/// up any of the first.
/// </summary>
internal static class OptimalFace
{
    // Prices are exact to about 1e-9; a smaller one stands for none.
    private const double Nothing = 1e-9;

    /// <summary>The programme with every priced limit fixed.</summary>
    public static LinearProgram Of(LinearProgram program, LinearSolution solution)
    {
        double[] lower = [.. program.Lower];
        double[] upper = [.. program.Upper];
        for (int j = 0; j < lower.Length; j++)
        {
            (lower[j], upper[j]) = Fixed(solution.ReducedCosts[j], lower[j], upper[j]);
        }

        LinearConstraint[] rows = [.. program.Constraints];
        for (int i = 0; i < rows.Length; i++)
        {
            (double least, double most) = Fixed(solution.Duals[i], rows[i].Lower, rows[i].Upper);
            rows[i] = rows[i] with { Lower = least, Upper = most };
        }

        return program with { Lower = lower, Upper = upper, Constraints = rows };
    }

    /// <summary>The programme whose only aim is that some variables lie as near as can be to given targets: the smallest sum of absolute distances.</summary>
    /// <param name="program">Its objective is left out.</param>
    /// <param name="first">First of the variables.</param>
    /// <param name="targets">A target each, for the variables from there on.</param>
    public static LinearProgram Nearest(LinearProgram program, int first, ReadOnlySpan<double> targets)
    {
        int columns = program.Objective.Length;
        int count = targets.Length;
        List<LinearConstraint> rows = [.. program.Constraints];
        for (int c = 0; c < count; c++)
        {
            rows.Add(new LinearConstraint("", [first + c, columns + c, columns + count + c], [1, -1, 1], targets[c], targets[c]));
        }

        return new LinearProgram(
            [.. new double[columns], .. Enumerable.Repeat(-1.0, 2 * count)],
            [.. program.Lower, .. new double[2 * count]],
            [.. program.Upper, .. Enumerable.Repeat(1.0, 2 * count)],
            rows);
    }

    private static (double Lower, double Upper) Fixed(double price, double lower, double upper) =>
        price > Nothing && double.IsFinite(upper) ? (upper, upper)
        : price < -Nothing && double.IsFinite(lower) ? (lower, lower)
        : (lower, upper);
}
