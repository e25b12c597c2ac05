using System.Text.Json.Nodes;
using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>The three epochs of a curriculum, and which categories its groups hold.</summary>
internal sealed class CurriculumSection : IReportSection
{
    private const int MaxCategories = 60;

    private static readonly (string Key, string Style, string Words)[] s_groups =
    [
        ("base", "kept", "base: what others build upon"),
        ("middle", "before", "intermediate"),
        ("dependent", "dropped", "dependent: what builds upon others"),
    ];

    public string Id => "curriculum";

    public string Title => "The curriculum";

    public string? Missing(ReportContext context) => Step(context) is null ? "the recipe has no Curriculum step" : null;

    public void Write(Markup markup, ReportContext context)
    {
        StepFacts step = Step(context)!;
        IReadOnlyList<JsonObject> epochs = step.Figures.Objects("epochs");
        double longest = Math.Max(1, epochs.Max(Rows));
        markup.Leaf("p", $"{Figures.Count(step.Figures.Count("rows"), "row")} in {Figures.Count(epochs.Count, "epoch")}; {Figures.Count(step.Figures.Count("shift"))} base rows stand twice in the first and not in the last, "
            + "and as many dependent rows the other way round. Train on selected.jsonl once, from top to bottom, without shuffling.");
        Legend.Write(markup, [.. s_groups.Select(g => (g.Style, g.Words))]);
        using (markup.Element("ol", ("class", "mix")))
        {
            for (int i = 0; i < epochs.Count; i++)
            {
                Epoch(markup, i + 1, epochs[i], longest);
            }
        }

        if (step.Figures["eachThreeTimes"] is JsonValue each && each.TryGetValue(out bool holds))
        {
            markup.Leaf("p", holds ? "Every row stands exactly three times." : "Not every row stands three times: the groups are too small for the published rule, which was asked for.", ("class", holds ? "good" : "bad"));
        }

        Groups(markup, step);
    }

    private static StepFacts? Step(ReportContext context) => context.Steps.LastOrDefault(s => s.Name == "Curriculum" && s.Figures.Objects("epochs").Count > 0);

    private static double Rows(JsonObject epoch) => s_groups.Sum(g => (double)epoch.Count(g.Key));

    private static void Epoch(Markup markup, int number, JsonObject epoch, double longest)
    {
        string words = string.Join(" · ", s_groups.Select(g => $"{Figures.Percent(epoch.Count(g.Key), (long)Rows(epoch))} {(g.Key == "middle" ? "intermediate" : g.Key)}"));
        List<(string, double, double, int)> bars = [];
        double from = 0;
        foreach ((string key, string style, _) in s_groups)
        {
            double length = epoch.Count(key) / longest;
            bars.Add((style, from, length, 0));
            from += length;
        }

        using (markup.Element("li"))
        {
            markup.Leaf("span", $"Epoch {number}", ("class", "name"));
            Bars.Write(markup, $"Epoch {number}: {words}", 18, [.. bars]);
            using (markup.Element("span", ("class", "amount")))
            {
                markup.Text($"{Figures.Count((long)Rows(epoch), "row")} ");
                markup.Leaf("small", words);
            }
        }
    }

    private static void Groups(Markup markup, StepFacts step)
    {
        JsonObject? groups = step.Figures["groups"] as JsonObject;
        Table.Write(markup, "Categories by group, largest first", ["Category", "Group", "Rows#"], s_groups
            .SelectMany(g => groups.NumbersByName(g.Key).OrderByDescending(c => c.Value).Select(c => (Group: g.Key, Category: c.Key, Rows: c.Value)))
            .Take(MaxCategories)
            .Select(c => (IReadOnlyList<string>)[SafeText.Shorten(c.Category, 80), c.Group == "middle" ? "intermediate" : c.Group, Figures.Count((long)c.Rows)]));
        string[] absent = step.Figures["absent"] is JsonArray list ? [.. list.OfType<JsonValue>().Select(v => v.TryGetValue(out string? name) ? name : "")] : [];
        if (absent.Length > 0)
        {
            markup.Leaf("p", $"Named in the groups, but no row has them: {string.Join("; ", absent.Take(MaxCategories).Select(a => SafeText.Shorten(a, 80)))}.");
        }
    }
}
