using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Sinks.Report.Sections;

namespace Sluice.Sinks.Report;

/// <summary>
/// Writes <c>report.html</c>: one file without scripts and without anything from elsewhere, that is well-formed XML too. The same inputs give the same bytes. Its size is
/// bounded (below 1.5 MB) whatever the pool, since every list and every text in it is.
/// </summary>
internal sealed class ReportWriter : IReportWriter
{
    private readonly IReadOnlyList<IReportSection> _sections =
    [
        new FunnelSection(),
        new FilesSection(),
        new MixSection(),
        new ProportionsSection(),
        new CurriculumSection(),
        new ScoresSection(),
        new CoverageSection(),
        new TagCoverageSection(),
        new MapSection(),
        new RowsSection(),
        new NearDuplicatesSection(),
        new MadeSection(),
    ];

    /// <inheritdoc/>
    public void Write(string path, JsonObject manifest, PoolReader pool, RecipeOutcome outcome)
    {
        ReportContext context = new(manifest, pool, outcome);
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using Markup markup = new(stream);
        string name = SafeText.Shorten(manifest.Text("name") is { Length: > 0 } given ? given : "Unnamed run", 120);
        using (markup.Element("html", ("lang", "en")))
        {
            PageParts.Head(markup, $"{name} – selection report", ReportStyle.Css);
            using (markup.Element("body"))
            {
                Top(markup, context, name);
                List<(string Title, string Why)> missing = [];
                using (markup.Element("main"))
                {
                    foreach (IReportSection section in _sections)
                    {
                        if (section.Missing(context) is { } why)
                        {
                            missing.Add((section.Title, why));
                        }
                        else
                        {
                            PageParts.Section(markup, section.Id, section.Title, () => section.Write(markup, context));
                        }
                    }
                }

                Foot(markup, manifest, missing);
            }
        }
    }

    private void Top(Markup markup, ReportContext context, string name)
    {
        JsonObject? rows = context.Manifest["rows"] as JsonObject;
        long candidates = context.Outcome.Candidates;
        long selected = context.Outcome.Distinct;
        using (markup.Element("header"))
        {
            markup.Leaf("p", "Selection report", ("class", "kicker"));
            markup.Leaf("h1", name, ("dir", "auto"));
            using (markup.Element("p", ("class", "meta")))
            {
                string finished = context.Manifest.Text("finished");
                markup.Leaf("time", Day(finished), ("datetime", SafeText.Shorten(finished, 40)));
                markup.Text($" · pool {SafeText.Shorten(context.Manifest.Text("pool"), 200)}");
            }

            if (context.Outcome.Waiting is { } waiting)
            {
                using (markup.Element("p", ("class", "waiting"), ("role", "status")))
                {
                    markup.Leaf("strong", "The recipe waits. ");
                    markup.Text(SafeText.Shorten(waiting, 600));
                }
            }

            using (markup.Element("dl", ("class", "cards")))
            {
                PageParts.Card(markup, "Read", Figures.Count(rows.Count("read")), "rows");
                PageParts.Card(markup, "Candidates", Figures.Count(candidates), "after duplicates and rejects");
                PageParts.Card(markup, "Selected", Figures.Count(selected), context.Outcome.Selected.Count == selected
                    ? $"{Figures.Percent(selected, candidates)} of the candidates"
                    : $"written as {Figures.Count(context.Outcome.Selected.Count, "line")}, in the order to train in");
                PageParts.Card(markup, "Dropped", Figures.Count(context.Outcome.Dropped.Count), $"by {Figures.Count(context.Steps.Count, "step")}");
            }

            using (markup.Element("nav", ("aria-label", "Contents")))
            using (markup.Element("ul"))
            {
                foreach (IReportSection section in _sections.Where(s => s.Missing(context) is null))
                {
                    using (markup.Element("li"))
                    {
                        markup.Leaf("a", section.Title, ("href", "#" + section.Id));
                    }
                }
            }
        }
    }

    private static void Foot(Markup markup, JsonObject manifest, List<(string Title, string Why)> missing)
    {
        using (markup.Element("footer"))
        {
            if (missing.Count > 0)
            {
                markup.Leaf("p", $"Not in this report: {string.Join("; ", missing.Select(m => $"{m.Title} ({m.Why})"))}.");
            }

            markup.Leaf("p", $"Written by Sluice {SafeText.Shorten(manifest.Text("sluice"), 20)} beside run.json, which holds every figure shown here that a program may want.");
        }
    }

    private static string Day(string finished) => DateTimeOffset.TryParse(finished, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        ? time.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : "no date";
}
