namespace Sluice.Proportions;

/// <summary>Finds every mistake of a <see cref="ProportionProblem"/> at once.</summary>
internal static class ProportionCheck
{
    /// <summary>Throws <see cref="ArgumentException"/> that lists all mistakes.</summary>
    public static void Throw(ProportionProblem problem)
    {
        List<string> mistakes = [];
        Sizes(problem, mistakes);
        Fraction("Shift", problem.Shift, mistakes);
        Fraction("MaxChange", problem.MaxChange, mistakes);
        if (problem.MaxRelativeChange is double change && !(change >= 0 && double.IsFinite(change)))
        {
            mistakes.Add($"MaxRelativeChange: found {change}, expected 0 or more");
        }

        HashSet<string> known = new(problem.Categories, StringComparer.Ordinal);
        foreach ((string category, ShareRange range) in problem.Bounds)
        {
            Known($"Bounds of '{category}'", [category], known, mistakes);
            Range($"Bounds of '{category}'", range.Min, range.Max, mistakes);
        }

        foreach ((string category, ShareRange range) in problem.RelativeBounds)
        {
            Known($"RelativeBounds of '{category}'", [category], known, mistakes);
            if (!(range.Min >= 0 && range.Min <= range.Max && double.IsFinite(range.Max)))
            {
                mistakes.Add($"RelativeBounds of '{category}': found {range.Min} to {range.Max}, expected two multiples from 0, the smaller first");
            }
        }

        foreach ((string name, string category, int rows) in problem.MinCounts.Select(c => ("MinCounts", c.Key, c.Value)).Concat(problem.MaxCounts.Select(c => ("MaxCounts", c.Key, c.Value))))
        {
            Known($"{name} of '{category}'", [category], known, mistakes);
            if (rows < 0)
            {
                mistakes.Add($"{name} of '{category}': found {rows}, expected 0 rows or more");
            }
        }

        foreach (CategoryGroup group in problem.Groups)
        {
            Group(problem, group, known, mistakes);
            Range($"Groups '{group.Label}'", group.Min, group.Max, mistakes);
        }

        if (problem.Groups.GroupBy(group => group.Label, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            mistakes.Add($"Groups: found '{repeated.Key}' {repeated.Count()} times, expected a name of its own for each group");
        }

        if (mistakes.Count > 0)
        {
            throw new ArgumentException($"The proportions are not well set: {string.Join("; ", mistakes)}.", nameof(problem));
        }
    }

    private static void Sizes(ProportionProblem problem, List<string> mistakes)
    {
        if (problem.Categories.Count == 0)
        {
            mistakes.Add("found no category, expected at least one");
        }

        if (problem.Categories.Distinct(StringComparer.Ordinal).Count() != problem.Categories.Count)
        {
            mistakes.Add("a category is named twice");
        }

        if (problem.Importance.Count != problem.Categories.Count)
        {
            mistakes.Add($"Importance: found {problem.Importance.Count} numbers, expected {problem.Categories.Count}, one a category");
        }

        if (!problem.Importance.All(alpha => alpha >= 0 && double.IsFinite(alpha)) || !(problem.Importance.Sum() > 0))
        {
            mistakes.Add("Importance: expected numbers of 0 or more, not all 0");
        }

        if (problem.Available.Count > 0 && problem.Available.Count != problem.Categories.Count)
        {
            mistakes.Add($"Available: found {problem.Available.Count} numbers, expected {problem.Categories.Count}, one a category");
        }

        if (problem.Cells.FirstOrDefault(cell => cell.Category < 0 || cell.Category >= problem.Categories.Count || cell.Values.Count != problem.Axes.Count) is { } cell)
        {
            mistakes.Add($"Cells: found one of category {cell.Category} with {cell.Values.Count} values, expected a category below {problem.Categories.Count} and {problem.Axes.Count} values, one an axis");
        }

        if (problem.Count < 1)
        {
            mistakes.Add($"Count: found {problem.Count}, expected at least 1");
        }
    }

    private static void Group(ProportionProblem problem, CategoryGroup group, HashSet<string> known, List<string> mistakes)
    {
        if (group.Axis is null || group.Categories.Count > 0)
        {
            Known($"Groups '{group.Label}'", group.Categories, known, mistakes);
        }

        if (group.Axis is not null && !problem.Axes.Contains(group.Axis, StringComparer.Ordinal))
        {
            mistakes.Add($"Groups '{group.Label}': found the axis '{group.Axis}', expected one of {string.Join(", ", problem.Axes)}");
        }
    }

    private static void Fraction(string name, double? value, List<string> mistakes)
    {
        if (value is double given && !(given is >= 0 and <= 1))
        {
            mistakes.Add($"{name}: found {given}, expected 0 to 1");
        }
    }

    private static void Range(string name, double min, double max, List<string> mistakes)
    {
        if (!(min >= 0 && max <= 1 && min <= max))
        {
            mistakes.Add($"{name}: found {min} to {max}, expected two shares from 0 to 1, the smaller first");
        }
    }

    private static void Known(string name, IReadOnlyList<string> categories, HashSet<string> known, List<string> mistakes)
    {
        if (categories.Count == 0)
        {
            mistakes.Add($"{name}: found no category, expected at least one");
        }

        if (categories.Distinct(StringComparer.Ordinal).Count() != categories.Count)
        {
            mistakes.Add($"{name}: names a category twice");
        }

        foreach (string category in categories.Where(category => !known.Contains(category)))
        {
            mistakes.Add($"{name}: the category '{category}' is neither in the rows nor in the matrix");
        }
    }
}
