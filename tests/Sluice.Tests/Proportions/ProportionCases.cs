using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

/// <summary>Problems that several tests ask about.</summary>
internal static class ProportionCases
{
    /// <summary>The first worked example: shares 0.2, 0.3, 0.5, worth 0.09, 0.50, 0.49.</summary>
    public static ProportionProblem Example(
        double? shift = null, double? maxChange = null, double? relative = null, Dictionary<string, ShareRange>? bounds = null, CategoryGroup[]? groups = null,
        int[]? available = null, Dictionary<string, int>? least = null, Dictionary<string, int>? most = null, Dictionary<string, ShareRange>? relativeBounds = null) => new()
        {
            Categories = ["math", "code", "chat"],
            Importance = [0.2, 0.3, 0.5],
            Matrix = new CategoryMatrix("m", ["math", "code", "chat"], new[,] { { 1, 0.5, -0.2 }, { 0.3, 1, 0.1 }, { -0.4, 0.2, 1 } }),
            Count = 1000,
            Shift = shift,
            MaxChange = maxChange,
            MaxRelativeChange = relative,
            Bounds = bounds ?? [],
            RelativeBounds = relativeBounds ?? [],
            MinCounts = least ?? [],
            MaxCounts = most ?? [],
            Groups = groups ?? [],
            Available = available ?? [],
        };

    /// <summary>Three to six categories with a few limits of every kind, often with two sources; some such problems have no answer.</summary>
    public static ProportionProblem Random(Random random, bool mayContradict)
    {
        int size = random.Next(3, 7);
        string[] names = [.. Enumerable.Range(0, size).Select(i => $"c{i}")];
        double[,] gamma = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                gamma[i, j] = i == j ? 1 : Math.Round((random.NextDouble() * 2) - 1, 2);
            }
        }

        double[] importance = [.. names.Select(_ => (double)random.Next(5, 60))];
        double total = importance.Sum();
        double width = mayContradict ? 0.05 : 0.2;
        bool axes = random.Next(2) == 0;
        Dictionary<string, ShareRange> bounds = [];
        for (int j = 0; j < size; j++)
        {
            if (random.Next(2) == 0)
            {
                double middle = mayContradict ? random.NextDouble() * 0.6 : importance[j] / total;
                bounds[names[j]] = new(Math.Round(Math.Max(0, middle - width), 3), Math.Round(Math.Min(1, middle + width), 3));
            }
        }

        ProportionCell[] cells = [.. names.SelectMany((_, j) => new ProportionCell[]
        {
            new(j, ["en"], (int)importance[j], random.Next(100, 900)), new(j, ["zh"], (int)importance[j] / 2, random.Next(0, 300)),
        })];
        double wide = mayContradict ? random.NextDouble() * 0.7 : 0.05;
        return new ProportionProblem
        {
            Categories = names,
            Importance = importance,
            Matrix = new CategoryMatrix("random", names, gamma),
            Count = 500,
            Available = axes ? [] : [.. names.Select(_ => random.Next(150, 700))],
            Axes = axes ? ["lang"] : [],
            Cells = axes ? cells : [],
            Shift = random.Next(2) == 0 ? Math.Round(0.05 + (random.NextDouble() * 0.2), 3) : null,
            MaxChange = random.Next(2) == 0 ? Math.Round(0.02 + (random.NextDouble() * 0.2), 3) : null,
            MaxRelativeChange = random.Next(2) == 0 ? Math.Round(0.2 + random.NextDouble(), 3) : null,
            Bounds = bounds,
            MinCounts = random.Next(2) == 0 ? new Dictionary<string, int> { [names[0]] = random.Next(0, mayContradict ? 300 : 20) } : [],
            MaxCounts = random.Next(2) == 0 ? new Dictionary<string, int> { [names[1]] = random.Next(mayContradict ? 20 : 200, 400) } : [],
            Groups =
            [
                new CategoryGroup("pair", [names[0], names[2]], Math.Round(wide, 3), 1),
                .. axes ? (CategoryGroup[])[new CategoryGroup("zh", [], Math.Round(wide / 2, 3), Math.Round((wide / 2) + 0.2, 3)) { Axis = "lang", Values = ["zh"] }] : [],
            ],
        };
    }

    /// <summary>The same problem with the number of one limit changed.</summary>
    public static ProportionProblem With(ProportionProblem problem, ShareLimit limit, double value)
    {
        Dictionary<string, ShareRange> Range(IReadOnlyDictionary<string, ShareRange> ranges, LimitKind kind) => ranges.ToDictionary(
            r => r.Key,
            r => limit.Kind != kind || limit.Subject != r.Key ? r.Value : limit.IsUpper ? r.Value with { Max = value } : r.Value with { Min = value });
        Dictionary<string, int> Count(IReadOnlyDictionary<string, int> counts, LimitKind kind) =>
            counts.ToDictionary(c => c.Key, c => limit.Kind == kind && limit.Subject == c.Key ? (int)Math.Round(value) : c.Value);
        return new ProportionProblem
        {
            Categories = problem.Categories,
            Importance = problem.Importance,
            Matrix = problem.Matrix,
            Count = problem.Count,
            Available = [.. problem.Available.Select((n, j) => limit.Kind == LimitKind.Rows && limit.Subject == problem.Categories[j] ? (int)Math.Round(value) : n)],
            Incoming = problem.Incoming,
            Axes = problem.Axes,
            Cells = problem.Cells,
            Shift = limit.Kind == LimitKind.Shift ? value : problem.Shift,
            MaxChange = limit.Kind == LimitKind.MaxChange ? value : problem.MaxChange,
            MaxRelativeChange = limit.Kind == LimitKind.MaxRelativeChange ? value : problem.MaxRelativeChange,
            Bounds = Range(problem.Bounds, LimitKind.Bounds),
            RelativeBounds = Range(problem.RelativeBounds, LimitKind.RelativeBounds),
            MinCounts = Count(problem.MinCounts, LimitKind.MinCounts),
            MaxCounts = Count(problem.MaxCounts, LimitKind.MaxCounts),
            Groups = [.. problem.Groups.Select(g => limit.Kind != LimitKind.Groups || limit.Subject != g.Label ? g : limit.IsUpper ? g with { Max = value } : g with { Min = value })],
        };
    }
}
