using System.Globalization;

namespace Sluice.Proportions;

/// <summary>Lists the limits of a problem, each by its name in the user's words; those that often stand by default come first, the rows there are last.</summary>
internal static class ShareLimits
{
    /// <summary>All limits. Variables: shares, then cells where there are any, then changes up and down where the shift is limited.</summary>
    public static IReadOnlyList<ShareLimit> Of(ProportionProblem problem, double[] alpha)
    {
        Dictionary<string, int> place = problem.Categories.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        return
        [
            .. Shift(problem),
            .. Changes(problem, alpha),
            .. problem.Bounds.OrderBy(b => place[b.Key]).SelectMany(b => Range(LimitKind.Bounds, b.Key, b.Value, place[b.Key], 1, 1)),
            .. problem.RelativeBounds.OrderBy(b => place[b.Key]).SelectMany(b => Range(LimitKind.RelativeBounds, b.Key, b.Value, place[b.Key], alpha[place[b.Key]], Most(alpha[place[b.Key]]))),
            .. problem.MinCounts.OrderBy(b => place[b.Key]).Select(b => Count(LimitKind.MinCounts, b.Key, b.Value, place[b.Key], problem.Count)),
            .. problem.MaxCounts.OrderBy(b => place[b.Key]).Select(b => Count(LimitKind.MaxCounts, b.Key, b.Value, place[b.Key], problem.Count)),
            .. problem.Groups.SelectMany(group => Group(problem, group, place)),
            .. Rows(problem),
        ];
    }

    /// <summary>A number as messages write it: at most nine decimals.</summary>
    public static string Text(double number) => Math.Round(number, 9).ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>The cells of a group, or its categories where there are no cells; as variables.</summary>
    public static int[] Columns(ProportionProblem problem, CategoryGroup group, Dictionary<string, int> place)
    {
        if (group.Axis is null)
        {
            return [.. group.Categories.Select(category => place[category])];
        }

        int axis = problem.Axes.ToList().IndexOf(group.Axis);
        HashSet<int> categories = [.. group.Categories.Select(category => place[category])];
        return
        [
            .. problem.Cells.Select((cell, i) => (cell, i))
                .Where(c => group.Values.Contains(c.cell.Values[axis], StringComparer.Ordinal) && (categories.Count == 0 || categories.Contains(c.cell.Category)))
                .Select(c => problem.Categories.Count + c.i),
        ];
    }

    private static IEnumerable<ShareLimit> Shift(ProportionProblem problem)
    {
        if (problem.Shift is double shift)
        {
            int size = problem.Categories.Count;
            int[] changes = [.. Enumerable.Range(size + problem.Cells.Count, 2 * size)];
            yield return new ShareLimit(LimitKind.Shift, "Shift", "", shift, true, 0, 1, [new LimitSide("", changes, Ones(changes.Length), 0, 2, true)]);
        }
    }

    private static IEnumerable<ShareLimit> Changes(ProportionProblem problem, double[] alpha)
    {
        if (problem.MaxChange is double change)
        {
            yield return new ShareLimit(LimitKind.MaxChange, "MaxChange", "", change, true, 0, 1, [.. alpha.SelectMany((a, j) => Around(problem.Categories[j], j, a, 1))]);
        }

        if (problem.MaxRelativeChange is double relative)
        {
            double most = alpha.Where(a => a > 0).Max(Most);
            yield return new ShareLimit(LimitKind.MaxRelativeChange, "MaxRelativeChange", "", relative, true, 0, Math.Max(most, relative), [.. alpha.SelectMany((a, j) => Around(problem.Categories[j], j, a, a))]);
        }
    }

    private static IEnumerable<LimitSide> Around(string category, int column, double alpha, double factor) =>
        [One(category, column, alpha, -factor, false), One(category, column, alpha, factor, true)];

    private static IEnumerable<ShareLimit> Range(LimitKind kind, string category, ShareRange range, int column, double factor, double most)
    {
        string name = $"{kind} of '{category}'";
        yield return new ShareLimit(kind, name, category, range.Min, false, most, 0, [One(category, column, 0, factor, false)]);
        yield return new ShareLimit(kind, name, category, range.Max, true, 0, Math.Max(most, range.Max), [One(category, column, 0, factor, true)]);
    }

    private static ShareLimit Count(LimitKind kind, string category, int rows, int column, int count)
    {
        bool upper = kind == LimitKind.MaxCounts;
        return new ShareLimit(kind, $"{kind} of '{category}'", category, rows, upper, upper ? 0 : count, upper ? Math.Max(count, rows) : 0, [One(category, column, 0, 1.0 / count, upper)]);
    }

    private static IEnumerable<ShareLimit> Group(ProportionProblem problem, CategoryGroup group, Dictionary<string, int> place)
    {
        int[] columns = Columns(problem, group, place);
        string name = $"Groups '{group.Label}'";
        yield return new ShareLimit(LimitKind.Groups, name, group.Label, group.Min, false, 1, 0, [new LimitSide("", columns, Ones(columns.Length), 0, 1, false)]);
        yield return new ShareLimit(LimitKind.Groups, name, group.Label, group.Max, true, 0, 1, [new LimitSide("", columns, Ones(columns.Length), 0, 1, true)]);
    }

    private static IEnumerable<ShareLimit> Rows(ProportionProblem problem)
    {
        int size = problem.Categories.Count;
        for (int j = 0; j < problem.Available.Count; j++)
        {
            if (problem.Available[j] < problem.Count)
            {
                yield return Rows(problem.Categories[j], j, problem.Available[j], problem.Count);
            }
        }

        for (int c = 0; c < problem.Cells.Count; c++)
        {
            ProportionCell cell = problem.Cells[c];
            if (cell.Available < problem.Count)
            {
                string values = string.Join(", ", problem.Axes.Select((axis, i) => $"{axis} '{cell.Values[i]}'"));
                yield return Rows($"{problem.Categories[cell.Category]}' with {values[..^1]}", size + c, cell.Available, problem.Count);
            }
        }
    }

    private static ShareLimit Rows(string subject, int column, int rows, int count) =>
        new(LimitKind.Rows, $"rows of '{subject}'", subject, rows, true, 0, count, [One(subject, column, 0, 1.0 / count, true)]);

    private static LimitSide One(string place, int column, double constant, double factor, bool isUpper) => new(place, [column], [1], constant, factor, isUpper);

    private static double Most(double alpha) => alpha > 0 ? Math.Max(1, 1 / alpha) : 0;

    private static double[] Ones(int length) => [.. Enumerable.Repeat(1.0, length)];
}
