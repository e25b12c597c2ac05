using Sluice.Recipes;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>A few rows of each step, those that went on beside those that did not.</summary>
internal sealed class RowsSection : IReportSection
{
    private const int MaxSteps = 20;
    private const int MaxText = 400;

    public string Id => "rows";

    public string Title => "Rows, step by step";

    public string? Missing(ReportContext context) => context.Steps.Count == 0 ? "the recipe has no steps" : null;

    public void Write(Markup markup, ReportContext context)
    {
        markup.Leaf("p", "The first rows by number on either side of each step. ‘sluice why’ with the output directory and a row’s number shows everything about it.");
        foreach (StepFacts step in context.Steps.Take(MaxSteps))
        {
            using (markup.Element("details", ("open", step.Number == 1 ? "open" : null)))
            {
                markup.Leaf("summary", $"Step {step.Number}: {SafeText.Shorten(step.Name, 80)} ({Figures.Count(step.Out)} out, {Figures.Count(step.Dropped)} dropped)");
                using (markup.Element("div", ("class", "sides")))
                {
                    Side(markup, context, "Still there after it", step.FirstKept.Select(r => new Drop(r, "")), "kept");
                    Side(markup, context, "Dropped here", step.FirstDropped, "dropped");
                }
            }
        }
    }

    private static void Side(Markup markup, ReportContext context, string title, IEnumerable<Drop> rows, string style)
    {
        using (markup.Element("div", ("class", $"side {style}")))
        {
            markup.Leaf("h3", title);
            int shown = 0;
            foreach (Drop row in rows)
            {
                using (markup.Element("article"))
                {
                    using (markup.Element("p", ("class", "meta")))
                    {
                        markup.Leaf("b", $"row {Figures.Row(row.Row)}");
                        markup.Text(" · ");
                        markup.Leaf("span", SafeText.Shorten(context.Pool.Id(row.Row), 160), ("dir", "auto"));
                    }

                    if (row.Reason.Length > 0)
                    {
                        markup.Leaf("p", SafeText.Shorten(row.Reason, 300), ("class", "reason"), ("dir", "auto"));
                    }

                    markup.Leaf("pre", RowExcerpt.Json(context.Pool.ReadRow(row.Row), MaxText), ("dir", "auto"));
                    shown++;
                }
            }

            if (shown == 0)
            {
                markup.Leaf("p", "None.");
            }
        }
    }
}
