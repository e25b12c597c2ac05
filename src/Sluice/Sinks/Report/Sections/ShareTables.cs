using System.Text.Json.Nodes;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>Tables of what a Proportions step made of each category, group and value of a further axis.</summary>
internal static class ShareTables
{
    private const int MaxRows = 80;
    private const double Negligible = 1e-9;

    /// <summary>Writes the tables that the step's figures fill.</summary>
    public static void Write(Markup markup, StepFacts step)
    {
        Categories(markup, step.Figures);
        Groups(markup, step.Figures);
        foreach ((string axis, JsonNode? values) in (step.Figures["axes"] as JsonObject ?? []).Take(3))
        {
            if (values is JsonObject counts)
            {
                Axis(markup, axis, counts);
            }
        }
    }

    private static void Categories(Markup markup, JsonObject figures)
    {
        IReadOnlyDictionary<string, double> alpha = figures.NumbersByName("alpha");
        IReadOnlyDictionary<string, double> weights = figures.NumbersByName("weights");
        IReadOnlyDictionary<string, double> costs = figures.NumbersByName("reducedCosts");
        IReadOnlyDictionary<string, double> counts = figures.NumbersByName("counts");
        IReadOnlyDictionary<string, double> worth = figures.NumbersByName("worth");
        IReadOnlyDictionary<string, double> came = figures.NumbersByName("countsBefore");
        double total = came.Values.Sum();
        JsonObject? ranges = figures["worthRange"] as JsonObject;
        double Before(string name) => total > 0 ? came.GetValueOrDefault(name) / total : Of(alpha, name);

        // Importances of the user's own are not the shares that came in.
        bool own = weights.Keys.Any(name => Math.Abs(Before(name) - alpha.GetValueOrDefault(name)) > Negligible);
        List<string> names = [.. weights.Keys.Where(n => weights[n] > 0 || alpha.GetValueOrDefault(n) > 0 || came.GetValueOrDefault(n) > 0)
            .OrderByDescending(n => weights[n] - Before(n)).ThenBy(n => n, StringComparer.Ordinal)];
        Table.Write(
            markup,
            "Shares by category, most raised first",
            ["Category", "Before#", .. own ? (string[])["Importance#"] : [], "After#", "Change#", "Rows#", "Worth a unit#", "Same answer while worth is#", "In words"],
            names.Take(MaxRows).Select(n => (IReadOnlyList<string>)
            [
                SafeText.Shorten(n, 80),
                Figures.Percent(Before(n)),
                .. own ? (string[])[Figures.Percent(Of(alpha, n))] : [],
                Figures.Percent(weights[n]),
                Figures.Points(weights[n] - Before(n)),
                double.IsFinite(Of(counts, n)) ? Figures.Count((long)Of(counts, n)) : Figures.None,
                Figures.Number(Of(worth, n)),
                Range(ranges.Numbers(n)),
                Words(weights[n] - Before(n), Of(costs, n)),
            ]));
        int empty = weights.Count - names.Count;
        string more = names.Count > MaxRows ? $" {Figures.Count(names.Count - MaxRows)} more categories are in run.json." : "";
        markup.Leaf("p", $"Worth a unit: what one unit of the category’s share adds to the expected effect; while it stays in the range beside it, and all others as they are, the shares chosen remain the best.{more}"
            + (empty > 0 ? $" {Figures.Count(empty)} categories of the matrix have no rows and no share here." : ""));
    }

    private static void Groups(Markup markup, JsonObject figures)
    {
        IReadOnlyList<JsonObject> groups = figures.Objects("groups");
        if (groups.Count > 0)
        {
            Table.Write(
                markup,
                "Groups",
                ["Group", "At least#", "At most#", "Before#", "After#", "Rows#", "Kept"],
                groups.Take(MaxRows).Select(g => (IReadOnlyList<string>)
                [
                    SafeText.Shorten(g.Text("name"), 80),
                    Figures.Percent(g.Number("min")),
                    Figures.Percent(g.Number("max")),
                    Figures.Percent(g.Number("before")),
                    Figures.Percent(g.Number("share")),
                    Figures.Count(g.Count("count")),
                    Kept(g),
                ]));
        }
    }

    private static void Axis(Markup markup, string axis, JsonObject values)
    {
        (string Name, long Before, long After)[] rows = [.. values.Select(v => (v.Key, (v.Value as JsonObject).Count("before"), (v.Value as JsonObject).Count("count")))];
        long before = rows.Sum(r => r.Before);
        long after = rows.Sum(r => r.After);
        Table.Write(
            markup,
            $"Rows by {SafeText.Shorten(axis, 80)}",
            [SafeText.Shorten(axis, 80), "Rows before#", "Rows after#", "Before#", "After#"],
            rows.OrderByDescending(r => r.After).ThenBy(r => r.Name, StringComparer.Ordinal).Take(MaxRows).Select(r => (IReadOnlyList<string>)
            [
                r.Name.Length == 0 ? "(no value)" : SafeText.Shorten(r.Name, 80),
                Figures.Count(r.Before), Figures.Count(r.After), Figures.Percent(r.Before, before), Figures.Percent(r.After, after),
            ]));
    }

    private static string Kept(JsonObject group) =>
        group.Number("share") < group.Number("min") - Negligible ? "too few: whole rows do not allow it"
        : group.Number("share") > group.Number("max") + Negligible ? "too many: whole rows do not allow it"
        : "yes";

    private static string Range(double[] ends) => ends.Length != 2 ? Figures.None
        : double.IsNaN(ends[0]) && double.IsNaN(ends[1]) ? "anything"
        : double.IsNaN(ends[0]) ? $"≤ {Figures.Number(ends[1])}"
        : double.IsNaN(ends[1]) ? $"≥ {Figures.Number(ends[0])}"
        : $"{Figures.Number(ends[0])} to {Figures.Number(ends[1])}";

    private static string Words(double change, double cost)
    {
        string moved = double.IsNaN(change) ? "" : change > Negligible ? "raised" : change < -Negligible ? "lowered" : "unchanged";
        return double.IsNaN(cost) ? moved
            : Math.Abs(cost) < Negligible ? $"{moved}; no limit of its own binds"
            : cost > 0 ? $"{moved}, held at its upper limit: one point more would add {Figures.Number(cost / 100)}"
            : $"{moved}, held at its lower limit: one point less would add {Figures.Number(-cost / 100)}";
    }

    private static double Of(IReadOnlyDictionary<string, double> values, string name) => values.GetValueOrDefault(name, double.NaN);
}
