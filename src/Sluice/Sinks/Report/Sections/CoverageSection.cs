using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>How the greatest distance of any row to a chosen one fell with each choice, and how good that provably is.</summary>
internal sealed class CoverageSection : IReportSection
{
    public string Id => "coverage";

    public string Title => "Coverage radius";

    public string? Missing(ReportContext context) => Steps(context).Any() ? null : "the recipe has no KCenter step that says its radius";

    public void Write(Markup markup, ReportContext context)
    {
        using (markup.Element("div", ("class", "charts")))
        {
            foreach (StepFacts step in Steps(context).Take(5))
            {
                Chart(markup, step);
            }
        }
    }

    private static IEnumerable<StepFacts> Steps(ReportContext context) => context.Steps.Where(s => s.Name == "KCenter" && Points(s).Count > 0);

    // The radius stands before each pick, so the first belongs to the start rows and the end one to all rows chosen.
    private static List<(double X, double Y)> Points(StepFacts step)
    {
        double[] radius = step.Figures.Numbers("radius");
        long starts = Math.Max(0, step.Out - radius.Length);
        List<(double X, double Y)> points = [.. radius.Select((r, i) => ((double)(starts + i), r)).Where(p => double.IsFinite(p.r))];
        double end = step.Figures.Number("radiusEnd");
        if (double.IsFinite(end))
        {
            points.Add((starts + radius.Length, end));
        }

        return points;
    }

    private static void Chart(Markup markup, StepFacts step)
    {
        List<(double X, double Y)> points = Points(step);
        double end = points[^1].Y;
        double bound = step.Figures.Number("lowerBound");
        string metric = step.Figures.Text("metric");
        string summary = $"With {Figures.Count((long)points[^1].X)} rows chosen, every row that came in lies within {Figures.Number(end)} of a chosen one";
        using (markup.Element("figure", ("class", "chart wide")))
        {
            markup.Leaf("h3", $"Step {step.Number}: radius by number of rows chosen");
            LineChart.Write(markup, summary, points, bound, "rows chosen (k)", $"radius ({(metric.Length == 0 ? "distance" : SafeText.Shorten(metric, 20) + " distance")})");
            using (markup.Element("figcaption"))
            {
                if (double.IsFinite(bound))
                {
                    Legend.Write(markup, ("kept", "radius reached"), ("bound-key", "proven lower bound for the same number of rows"));
                }

                markup.Leaf("p", summary + Certificate(end, bound));
            }
        }
    }

    private static string Certificate(double end, double bound) => !double.IsFinite(bound) ? "."
        : bound <= 0 ? "."
        : $". No choice of as many rows can come below {Figures.Number(bound)}, so this one is at most {Figures.Number(end / bound)} times the best there is.";
}
