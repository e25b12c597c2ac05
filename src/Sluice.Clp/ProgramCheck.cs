using Sluice.Proportions;

namespace Sluice.Clp;

/// <summary>Refuses a programme whose arrays do not fit together, which native code would read past.</summary>
internal static class ProgramCheck
{
    /// <summary>Throws <see cref="ArgumentException"/> with every mistake found.</summary>
    public static void Throw(LinearProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        List<string> mistakes = [];
        int columns = program.Objective.Length;
        if (program.Lower.Length != columns || program.Upper.Length != columns)
        {
            throw new ArgumentException(
                $"Found {program.Lower.Length} lower and {program.Upper.Length} upper bounds, expected {columns}: one a coefficient of the objective.", nameof(program));
        }

        for (int j = 0; j < columns; j++)
        {
            if (!double.IsFinite(program.Objective[j]))
            {
                mistakes.Add($"objective coefficient {j} is {program.Objective[j]}, expected a finite number");
            }

            Limits($"variable {j}", program.Lower[j], program.Upper[j], mistakes);
        }

        foreach (LinearConstraint constraint in program.Constraints)
        {
            Constraint(constraint, columns, mistakes);
        }

        if (mistakes.Count > 0)
        {
            throw new ArgumentException($"The linear programme is malformed: {string.Join("; ", mistakes)}.", nameof(program));
        }
    }

    private static void Constraint(LinearConstraint constraint, int columns, List<string> mistakes)
    {
        string name = $"constraint '{constraint.Name}'";
        if (constraint.Columns.Length != constraint.Values.Length)
        {
            mistakes.Add($"{name} has {constraint.Columns.Length} columns and {constraint.Values.Length} values");
        }

        if (constraint.Columns.Any(c => c < 0 || c >= columns))
        {
            mistakes.Add($"{name} names a column outside 0 to {columns - 1}");
        }

        if (constraint.Columns.Distinct().Count() != constraint.Columns.Length)
        {
            mistakes.Add($"{name} names a column twice");
        }

        if (!constraint.Values.All(double.IsFinite))
        {
            mistakes.Add($"{name} has a coefficient that is not finite");
        }

        Limits(name, constraint.Lower, constraint.Upper, mistakes);
    }

    private static void Limits(string name, double lower, double upper, List<string> mistakes)
    {
        if (double.IsNaN(lower) || double.IsNaN(upper) || double.IsPositiveInfinity(lower) || double.IsNegativeInfinity(upper))
        {
            mistakes.Add($"{name} has limits {lower} and {upper}, expected numbers (or -infinity below, +infinity above)");
        }
    }
}
