namespace Sluice.Proportions;

/// <summary>Writes a problem as a linear programme: shares w, and, when the shift is limited, changes up and down with <c>w = alpha + up - down</c>.</summary>
internal static class ProportionProgram
{
    private const string ShiftName = "Shift";

    /// <summary>The programme; rows that are not the user's have an empty name.</summary>
    public static LinearProgram Build(ProportionProblem problem, double[] alpha, double[] worth)
    {
        int size = alpha.Length;
        int columns = problem.Shift is null ? size : 3 * size;
        double[] objective = [.. worth, .. new double[columns - size]];
        double[] lower = new double[columns];
        double[] upper = [.. Enumerable.Repeat(1.0, columns)];
        for (int j = 0; j < size; j++)
        {
            foreach (ShareLimit limit in ShareLimits.OfCategory(problem, alpha, j))
            {
                lower[j] = limit.IsUpper ? lower[j] : Math.Max(lower[j], limit.Limit);
                upper[j] = limit.IsUpper ? Math.Min(upper[j], limit.Limit) : upper[j];
            }
        }

        List<LinearConstraint> rows = [Total(size)];
        foreach (IGrouping<string, ShareLimit> sides in ShareLimits.OfSums(problem).GroupBy(limit => limit.Name, StringComparer.Ordinal))
        {
            ShareLimit any = sides.First();
            rows.Add(new LinearConstraint(
                sides.Key,
                any.Columns,
                any.Values,
                sides.FirstOrDefault(limit => !limit.IsUpper)?.Limit ?? double.NegativeInfinity,
                sides.FirstOrDefault(limit => limit.IsUpper)?.Limit ?? double.PositiveInfinity));
        }

        rows.AddRange(Changes(problem, alpha));
        return new LinearProgram(objective, lower, upper, rows);
    }

    /// <summary>All shares together are 1.</summary>
    public static LinearConstraint Total(int size) => new("total", [.. Enumerable.Range(0, size)], [.. Enumerable.Repeat(1.0, size)], 1, 1);

    /// <summary>The rows <c>w - up + down = alpha</c>, when the shift is limited.</summary>
    public static IEnumerable<LinearConstraint> Changes(ProportionProblem problem, double[] alpha) => problem.Shift is null
        ? []
        : alpha.Select((a, j) => new LinearConstraint("", [j, alpha.Length + j, (2 * alpha.Length) + j], [1, -1, 1], a, a));

    /// <summary>Units of the constraint in one unit of the user's number: the shift is half the sum of all changes.</summary>
    public static double Unit(string name) => name == ShiftName ? 2 : 1;
}
