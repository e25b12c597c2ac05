using System.Text.Json.Nodes;
using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>Every row's way: the two equations, and a bar for each place where rows leave.</summary>
internal sealed class FunnelSection : IReportSection
{
    private const int MaxSteps = 40;
    private const int MaxReasons = 5;

    public string Id => "funnel";

    public string Title => "Where the rows went";

    public string? Missing(ReportContext context) => null;

    public void Write(Markup markup, ReportContext context)
    {
        JsonObject? rows = context.Manifest["rows"] as JsonObject;
        long read = rows.Count("read");
        long annotated = rows.Count("annotated");
        long duplicate = rows.Count("duplicate");
        long rejected = rows.Count("rejected");
        long candidates = context.Outcome.Candidates;
        long selected = context.Outcome.Distinct;
        long dropped = context.Outcome.Dropped.Count;
        Equation(markup, $"read {Figures.Count(read)} = annotated {Figures.Count(annotated)} + duplicate {Figures.Count(duplicate)} + rejected {Figures.Count(rejected)}",
            read == annotated + duplicate + rejected);
        Equation(markup, $"candidates {Figures.Count(candidates)} = selected {Figures.Count(selected)} + dropped {Figures.Count(dropped)}",
            candidates == selected + dropped);
        Legend.Write(markup, ("kept", "rows that go on"), ("dropped", "rows that end here"));
        long whole = Math.Max(1, Math.Max(read, candidates));
        using (markup.Element("ol", ("class", "funnel")))
        {
            using (markup.Element("li"))
            {
                markup.Leaf("h3", "Read and annotated");
                Bar(markup, "Read and annotated", read, annotated, whole);
                markup.Leaf("p", $"{Figures.Count(duplicate)} repeat an earlier row ({Figures.Percent(duplicate, read)}), {Figures.Count(rejected)} could not be used ({Figures.Percent(rejected, read)}; rejects.jsonl in the work directory says why).");
            }

            foreach (StepFacts step in context.Steps.Take(MaxSteps))
            {
                Step(markup, step, whole);
            }
        }

        if (context.Steps.Count > MaxSteps)
        {
            markup.Leaf("p", $"The recipe has {Figures.Count(context.Steps.Count - MaxSteps)} more steps; run.json holds them all.");
        }
    }

    private static void Equation(Markup markup, string equation, bool holds)
    {
        using (markup.Element("p", ("class", "equation")))
        {
            markup.Leaf("span", equation);
            markup.Text(" ");
            markup.Leaf("strong", holds ? "✓ holds" : "✗ DOES NOT HOLD", ("class", holds ? "good" : "bad"));
        }
    }

    private static void Step(Markup markup, StepFacts step, long whole)
    {
        using (markup.Element("li"))
        {
            markup.Leaf("h3", $"Step {step.Number}: {SafeText.Shorten(step.Name, 80)}{Limit(step)}{Place(step)}");
            Bar(markup, $"Step {step.Number}", step.In, step.Out, whole);
            if (step.Dropped > 0)
            {
                (IReadOnlyList<(string Reason, long Count)> kinds, long others) = step.Reasons.Most(MaxReasons);
                markup.Leaf("p", $"{Figures.Count(step.Dropped)} dropped here, because:");
                using (markup.Element("ul", ("class", "reasons")))
                {
                    foreach ((string reason, long count) in kinds)
                    {
                        Reason(markup, count, reason);
                    }

                    if (others > 0)
                    {
                        Reason(markup, others, "other reasons; dropped.parquet holds each row’s");
                    }
                }
            }
            else
            {
                markup.Leaf("p", "Nothing dropped here.");
            }

            Moved(markup, step);
        }
    }

    private static void Reason(Markup markup, long count, string reason)
    {
        using (markup.Element("li"))
        {
            markup.Leaf("b", $"{Figures.Count(count)} ×");
            markup.Text(" ");
            markup.Leaf("span", reason, ("dir", "auto"));
        }
    }

    // In, out and dropped need not add up where a step draws rows from outside, or a later one takes rows back: then say so.
    private static void Moved(Markup markup, StepFacts step)
    {
        long added = step.Figures.Count("added");
        long returned = step.Returned + added;
        if (added == 0 && step.Returned < 0)
        {
            (added, returned) = (-step.Returned, 0);
        }

        if (added > 0)
        {
            markup.Leaf("p", $"{Figures.Count(added, "row")} drawn in here that earlier steps had passed over.");
        }

        if (step.Figures.Count("repeats") is var repeats and > 0)
        {
            markup.Leaf("p", $"Rows stand several times: {Figures.Count(step.Out + repeats, "line")} in all.");
        }

        if (returned > 0)
        {
            markup.Leaf("p", $"{Figures.Count(returned, "row")} passed over here, but drawn in again by a later step; not counted as dropped here.");
        }
    }

    private static string Limit(StepFacts step)
    {
        (string column, string limit) = (step.Figures.Text("column"), step.Figures.Text("limit"));
        return SafeText.Shorten(column.Length == 0 ? "" : limit.Length == 0 ? $" by {column}" : $", {column} {limit}", 120);
    }

    // What the step is called in the recipe, and where it starts when that is not the step before.
    private static string Place(StepFacts step)
    {
        (string label, string from) = (step.Figures.Text("as"), step.Figures.Text("from"));
        string called = label.Length == 0 || label == step.Name ? "" : $" (‘{SafeText.Shorten(label, 40)}’)";
        return from.Length == 0 ? called : $"{called}, from ‘{SafeText.Shorten(from, 40)}’";
    }

    private static void Bar(Markup markup, string name, long before, long after, long whole)
    {
        string words = $"{Figures.Count(before)} in, {Figures.Count(after)} out{(after > before ? "" : $" ({Figures.Percent(after, before)})")}";
        double kept = (double)after / whole;
        Bars.Write(markup, $"{name}: {words}", 22, ("kept", 0, kept, 0), ("dropped", kept, (double)Math.Max(0, before - after) / whole, 0));
        markup.Leaf("p", words, ("class", "amount"));
    }
}
