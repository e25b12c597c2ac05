using System.Globalization;

namespace Sluice.Proportions;

/// <summary>Lists the limits of a problem, each by its name in the user's words.</summary>
internal static class ShareLimits
{
    // Rows that do not exist cannot be had by changing an option, so every other limit gives way first.
    private const double RowsCost = 1000;

    /// <summary>Limits of single shares, by category.</summary>
    public static IEnumerable<ShareLimit> OfCategory(ProportionProblem problem, double[] alpha, int category)
    {
        string name = problem.Categories[category];
        if (problem.MaxChange is double change)
        {
            yield return One($"MaxChange of '{name}'", category, Math.Max(0, alpha[category] - change), false);
            yield return One($"MaxChange of '{name}'", category, Math.Min(1, alpha[category] + change), true);
        }

        if (problem.Bounds.TryGetValue(name, out ShareRange range))
        {
            yield return One($"Bounds of '{name}'", category, range.Min, false);
            yield return One($"Bounds of '{name}'", category, range.Max, true);
        }

        if (problem.Available.Count > 0 && problem.Available[category] < problem.Count)
        {
            double share = (double)problem.Available[category] / problem.Count;
            yield return One($"rows of '{name}' ({problem.Available[category]} for a result of {problem.Count})", category, share, true) with { Cost = RowsCost };
        }
    }

    /// <summary>Limits of several shares at once: groups, and the shift when there is one.</summary>
    public static IEnumerable<ShareLimit> OfSums(ProportionProblem problem)
    {
        Dictionary<string, int> place = problem.Categories.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        foreach (CategoryGroup group in problem.Groups)
        {
            int[] columns = [.. group.Categories.Select(category => place[category])];
            double[] ones = [.. columns.Select(_ => 1.0)];
            yield return new ShareLimit($"Groups '{group.Label}'", columns, ones, group.Min, false);
            yield return new ShareLimit($"Groups '{group.Label}'", columns, ones, group.Max, true);
        }

        if (problem.Shift is double shift)
        {
            int[] changes = [.. Enumerable.Range(problem.Categories.Count, 2 * problem.Categories.Count)];
            yield return new ShareLimit("Shift", changes, [.. changes.Select(_ => 1.0)], 2 * shift, true, Unit: 2);
        }
    }

    /// <summary>Name, side and number, such as <c>Bounds of 'code' (at least 0.5)</c>.</summary>
    public static string Describe(ShareLimit limit) =>
        $"{limit.Name} ({(limit.IsUpper ? "at most" : "at least")} {Text(limit.Limit / limit.Unit)})";

    public static string Text(double number) => Math.Round(number, 9).ToString("0.#########", CultureInfo.InvariantCulture);

    private static ShareLimit One(string name, int category, double limit, bool isUpper) => new(name, [category], [1], limit, isUpper);
}
