using System.Text.Json.Nodes;
using Sluice.Proportions;

namespace Sluice.Recipes.Steps;

/// <summary>The figures of <see cref="ProportionsStep"/> as run.json holds them.</summary>
internal static class ProportionFigures
{
    /// <summary>What both methods tell.</summary>
    public static JsonObject Common(ProportionsStepOptions options, ProportionRows rows, ProportionAnswer answer, int[] cells, ResampleResult result)
    {
        int[] before = rows.ByCategory(c => rows.Cells[c].Incoming);
        int[] counts = rows.ByCategory(c => cells[c]);
        return new JsonObject
        {
            ["column"] = options.Column,
            ["status"] = answer.Status,
            ["method"] = options.Method,
            ["choose"] = options.Choose,
            ["kept"] = result.Kept.Length + result.Added.Length,
            ["removed"] = result.Dropped.Length,
            ["added"] = result.Added.Length,
            ["objective"] = answer.Objective,
            ["objectiveBefore"] = answer.Alpha.Zip(answer.Worth, static (a, w) => a * w).Sum(),
            ["alpha"] = ByCategory(answer, i => answer.Alpha[i]),
            ["weights"] = ByCategory(answer, i => answer.Weights[i]),
            ["countsBefore"] = ByCategory(answer, i => before[i]),
            ["counts"] = ByCategory(answer, i => counts[i]),
            ["worth"] = ByCategory(answer, i => answer.Worth[i]),
        };
    }

    /// <summary>Adds what the linear programme proves: prices, ranges and groups.</summary>
    public static void AddProgramme(JsonObject figures, ProportionProblem problem, ProportionRows rows, ProportionAnswer answer, ProportionPrices prices, int[] cells)
    {
        figures["duals"] = new JsonObject(answer.Duals.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        figures["reducedCosts"] = new JsonObject(answer.ReducedCosts.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        figures["worthRange"] = ByCategory(answer, i => new JsonArray(prices.Worths[i].From, prices.Worths[i].To));
        figures["limits"] = new JsonArray([.. prices.Limits.Where(IsTold).OrderByDescending(p => Gain(p, problem.Count)).Select(p => Limit(p, problem.Count))]);
        figures["groups"] = new JsonArray([.. problem.Groups.Select(group => Group(problem, group, rows, answer, cells))]);
        figures["axes"] = new JsonObject(rows.Axes.Select((axis, i) => KeyValuePair.Create(axis, (JsonNode?)Axis(i, rows, cells))));
    }

    private static JsonObject ByCategory(ProportionAnswer answer, Func<int, JsonNode> value) => new(answer.Categories.Select((c, i) => KeyValuePair.Create(c, (JsonNode?)value(i))));

    // A group's other side that nobody set, and rows of which more would gain nothing, say nothing.
    private static bool IsTold(LimitPrice price) => price.Limit.Kind == LimitKind.Rows ? price.Price > 0 : price.Limit.Value != price.Limit.Loosest;

    private static double Gain(LimitPrice price, int count) => price.Price * LimitWords.Step(price.Limit, count);

    private static JsonObject Limit(LimitPrice price, int count)
    {
        ShareLimit limit = price.Limit;
        return new JsonObject
        {
            ["name"] = limit.Name,
            ["kind"] = limit.Kind.ToString(),
            ["side"] = limit.IsUpper ? "atMost" : "atLeast",
            ["limit"] = limit.Value,
            ["binding"] = price.Binding,
            ["price"] = price.Price,
            ["from"] = limit.IsUpper ? price.Tightest : price.Loosest,
            ["to"] = limit.IsUpper ? price.Loosest : price.Tightest,
            ["step"] = LimitWords.Step(limit, count),
            ["gain"] = Gain(price, count),
            ["words"] = LimitWords.Of(price, count),
        };
    }

    private static JsonObject Group(ProportionProblem problem, CategoryGroup group, ProportionRows rows, ProportionAnswer answer, int[] cells)
    {
        HashSet<string> values = [.. group.Values];
        HashSet<string> categories = [.. group.Categories];
        int axis = group.Axis is null ? -1 : rows.Axes.ToList().IndexOf(group.Axis);
        int[] own =
        [
            .. Enumerable.Range(0, cells.Length).Where(c =>
                (axis < 0 || values.Contains(rows.Cells[c].Values[axis])) && (categories.Count == 0 || categories.Contains(rows.Categories[rows.Cells[c].Category]))),
        ];
        int before = rows.Incoming.Length;
        int after = own.Sum(c => cells[c]);
        return new JsonObject
        {
            ["name"] = group.Label,
            ["column"] = group.Axis,
            ["min"] = group.Min,
            ["max"] = group.Max,
            ["before"] = before == 0 ? 0 : (double)own.Sum(c => rows.Cells[c].Incoming) / before,
            ["weight"] = own.Sum(c => answer.Cells[c]),
            ["count"] = after,
            ["share"] = (double)after / problem.Count,
        };
    }

    private static JsonObject Axis(int axis, ProportionRows rows, int[] cells) => new(
        Enumerable.Range(0, cells.Length).GroupBy(c => rows.Cells[c].Values[axis], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, (JsonNode?)new JsonObject { ["before"] = g.Sum(c => rows.Cells[c].Incoming), ["count"] = g.Sum(c => cells[c]) })));
}
