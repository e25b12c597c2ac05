using System.Text.Json.Nodes;
using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>How many of the tags the chosen rows cover, how many tags they carry, and what normalisation took for one.</summary>
internal sealed class TagCoverageSection : IReportSection
{
    private const int MaxTags = 25;
    private const int MaxGroups = 20;

    private static readonly (string Key, string Words)[] s_stages =
    [
        ("raw", "as found"),
        ("frequency", "frequent enough"),
        ("rules", "written alike joined"),
        ("semantic", "near in meaning joined"),
        ("association", "always together joined"),
    ];

    public string Id => "tags";

    public string Title => "Tags covered";

    public string? Missing(ReportContext context) => Steps(context).Any() ? null : "the recipe has no TagCoverage step";

    public void Write(Markup markup, ReportContext context)
    {
        foreach (StepFacts step in Steps(context).Take(5))
        {
            markup.Leaf("p", Summary(step));
            Curve(markup, step);
            Normalized(markup, step);
            Frequent(markup, step);
        }
    }

    private static IEnumerable<StepFacts> Steps(ReportContext context) => context.Steps.Where(s => s.Name == "TagCoverage" && double.IsFinite(s.Figures.Number("coverage")));

    private static string Summary(StepFacts step)
    {
        var complexity = step.Figures["complexity"] as JsonObject;
        long kept = step.Figures.Count("kept");
        long untagged = step.Figures.Count("untagged");
        bool exhausted = step.Figures.Text("exhausted") == "true";
        return $"Step {step.Number}: the {Figures.Count(kept, "chosen row")} cover {Figures.Percent(step.Figures.Number("coverage"))} of {Figures.Count(step.Figures.Count("tags"), "tag")}, "
            + $"in {Figures.Count(step.Figures.Count("rounds"), "round")}; as many rows drawn at random would cover {Figures.Percent(step.Figures.Number("coverageAtRandom"))}. "
            + $"They carry {Figures.Number(complexity.Number("out"))} tags a row, against {Figures.Number(complexity.Number("in"))} of all rows that came in (complexity)."
            + (untagged > 0 ? $" {Figures.Count(untagged, "row")} came in without a tag." : "")
            + (exhausted ? $" {Figures.Count(step.Figures.Count("count"))} rows were asked for, and no more can be taken." : "");
    }

    private static void Curve(Markup markup, StepFacts step)
    {
        var curve = step.Figures["coverageCurve"] as JsonObject;
        (double X, double Y)[] points = [.. curve.Numbers("rank").Zip(curve.Numbers("coverage"), static (r, c) => (r, 100 * c)).Where(static p => double.IsFinite(p.r + p.Item2))];
        if (points.Length < 2)
        {
            return;
        }

        double random = step.Figures.Number("coverageAtRandom");
        using (markup.Element("figure", ("class", "chart wide")))
        {
            markup.Leaf("h3", $"Step {step.Number}: coverage by number of rows chosen");
            LineChart.Write(markup, $"{Figures.Percent(points[^1].Y / 100)} of the tags are covered by {Figures.Count((long)points[^1].X)} rows", points, 100 * random, "rows chosen", "tags covered (%)");
            using (markup.Element("figcaption"))
            {
                Legend.Write(markup, ("kept", "tags covered"), ("bound-key", "expected of all the rows chosen, were they drawn at random"));
            }
        }
    }

    private static void Normalized(Markup markup, StepFacts step)
    {
        if (step.Figures["normalized"] is not JsonObject normalized)
        {
            return;
        }

        markup.Leaf("h3", "From tags as found to atomic tags");
        double raw = Math.Max(1, normalized.Number("raw"));
        List<(string Words, long Count)> stages = [.. s_stages.Where(s => normalized[s.Key] is not null).Select(s => (s.Words, normalized.Count(s.Key)))];
        if (stages.Count == 1)
        {
            stages.Add(("by the table", normalized.Count("atomic")));
        }

        using (markup.Element("ul", ("class", "mix")))
        {
            foreach ((string words, long count) in stages)
            {
                using (markup.Element("li"))
                {
                    markup.Leaf("span", words, ("class", "name"));
                    Bars.Write(markup, $"{words}: {Figures.Count(count, "tag")}", 12, ("kept", 0, count / raw, 0));
                    markup.Leaf("span", $"{Figures.Count(count, "tag")}", ("class", "amount"));
                }
            }
        }

        markup.Leaf("p", $"{Figures.Count(normalized.Count("leftOut"), "tag")} left out, {Figures.Count(normalized.Count("groups"), "atomic tag")} made of several."
            + normalized.Text("table") switch
            {
                "read" => $" The table was there and used as it is; {Figures.Count(normalized.Count("unlisted"), "tag")} it does not name stay as they are.",
                "made" => " The table that says so for each tag was written; mend it and run again.",
                _ => "",
            });
        IReadOnlyList<JsonObject> groups = normalized.Objects("merged");
        if (groups.Count > 0)
        {
            Table.Write(
                markup,
                "What was taken for one, the most frequent first",
                ["Atomic tag", "Tags#", "Made of"],
                groups.Take(MaxGroups).Select(g => (IReadOnlyList<string>)[SafeText.Shorten(g.Text("atomic"), 80), Figures.Count(g.Count("tags")), Members(g)]));
        }
    }

    private static string Members(JsonObject group)
    {
        IReadOnlyList<JsonObject> from = group.Objects("from");
        long more = group.Count("tags") - 1 - from.Count;
        return string.Join(", ", from.Select(f => $"{SafeText.Shorten(f.Text("tag"), 60)}{(f.Text("stage").Length > 0 ? $" ({SafeText.Shorten(f.Text("stage"), 20)})" : "")}"))
            + (more > 0 ? $" and {Figures.Count(more)} more" : "");
    }

    private static void Frequent(Markup markup, StepFacts step)
    {
        IReadOnlyList<JsonObject> top = step.Figures.Objects("topTags");
        if (top.Count == 0)
        {
            return;
        }

        double kept = step.Figures.Count("kept");
        Table.Write(
            markup,
            top.Count < step.Figures.Count("tags") || top.Count > MaxTags ? "The most frequent tags" : "Tags by frequency",
            ["Tag", "Rows in#", "of all#", "Chosen#", "of the chosen#", "Change#"],
            top.Take(MaxTags).Select(t =>
            {
                double before = step.In > 0 ? t.Number("in") / step.In : double.NaN;
                double after = kept > 0 ? t.Number("out") / kept : double.NaN;
                return (IReadOnlyList<string>)
                [
                    SafeText.Shorten(t.Text("tag"), 80),
                    Figures.Count(t.Count("in")),
                    Figures.Percent(before),
                    Figures.Count(t.Count("out")),
                    Figures.Percent(after),
                    Figures.Points(after - before),
                ];
            }));
    }
}
