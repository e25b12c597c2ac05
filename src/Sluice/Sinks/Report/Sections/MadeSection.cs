using System.Text.Json.Nodes;
using Sluice.Sinks.Report.Charts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>What made the run: stages and their load, columns with the fingerprints of their models, settings.</summary>
internal sealed class MadeSection : IReportSection
{
    private const int MaxRows = 150;

    public string Id => "made";

    public string Title => "How it was made";

    public string? Missing(ReportContext context) => null;

    public void Write(Markup markup, ReportContext context)
    {
        if (context.Manifest["annotate"] is JsonObject annotate)
        {
            Annotate(markup, annotate);
        }
        else
        {
            markup.Leaf("p", "This run scored nothing: it selected from a pool that was there.");
        }

        double seconds = context.Manifest.Number("selectSeconds");
        if (double.IsFinite(seconds))
        {
            markup.Leaf("p", $"Selecting took {Figures.Seconds(seconds)}; peak memory of the process {Figures.Bytes(context.Manifest.Count("peakRssBytes"))}.");
        }

        Table.Write(
            markup,
            "Columns of the pool and what made them",
            ["Column", "Kind", "Width#", "Fingerprint"],
            context.Columns.Take(MaxRows).Select(c => (IReadOnlyList<string>)
                [SafeText.Shorten(c.Name, 80), c.Kind.ToString(), c.Width == 0 ? "" : Figures.Count(c.Width), c.Fingerprint.Length == 0 ? Figures.None : SafeText.Shorten(c.Fingerprint, 100)]));
        if (context.Manifest["settings"] is JsonObject { Count: > 0 } settings)
        {
            using (markup.Element("details"))
            {
                markup.Leaf("summary", $"Settings ({Figures.Count(settings.Count)})");
                Table.Write(
                    markup,
                    settings.Count > MaxRows ? $"The first {MaxRows} settings; run.json holds all" : "Settings that the run went by",
                    ["Setting", "Value"],
                    settings.Take(MaxRows).Select(s => (IReadOnlyList<string>)[SafeText.Shorten(s.Key, 120), SafeText.Shorten(settings.Text(s.Key), 200)]));
            }
        }
    }

    private static void Annotate(Markup markup, JsonObject annotate)
    {
        markup.Leaf("p", $"Annotating took {Figures.Seconds(annotate.Number("seconds"))}, {Figures.Number(annotate.Number("rowsPerSecond"))} rows a second; "
            + $"{Figures.Count(annotate.Count("scored"))} rows scored in this run, {Figures.Count(annotate.Count("keptFromEarlierRun"))} read by an earlier one; "
            + $"at most {Figures.Count(annotate.Count("peakRowsInFlight"))} rows ({Figures.Bytes(annotate.Count("peakBytesInFlight"))}) in flight.");
        IReadOnlyList<JsonObject> stages = annotate.Objects("stages");
        if (stages.Count == 0)
        {
            return;
        }

        markup.Leaf("h3", "Stages: share of the time each was at work");
        using (markup.Element("ol", ("class", "mix")))
        {
            foreach (JsonObject stage in stages.Take(MaxRows))
            {
                string name = SafeText.Shorten(stage.Text("name"), 60);
                double busy = stage.Number("busyShare");
                using (markup.Element("li"))
                {
                    markup.Leaf("span", name, ("class", "name"));
                    Bars.Write(markup, $"{name}: busy {Figures.Percent(busy)}", 12, ("kept", 0, double.IsFinite(busy) ? Math.Clamp(busy, 0, 1) : 0, 0));
                    using (markup.Element("span", ("class", "amount")))
                    {
                        markup.Text($"{Figures.Percent(busy)} ");
                        markup.Leaf("small", $"{Figures.Count(stage.Count("rows"))} rows · {Figures.Seconds(stage.Number("busySeconds"))} of work · {Figures.Count(stage.Count("workers"), "worker")}");
                    }
                }
            }
        }
    }
}
