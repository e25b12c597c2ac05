using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>Near-duplicates that were hardest to call, side by side: where a threshold that is too low would show.</summary>
internal sealed class NearDuplicatesSection : IReportSection
{
    private const int MaxPairs = 5;
    private const int MaxText = 400;
    private const int Compared = 20_000;

    public string Id => "duplicates";

    public string Title => "Near-duplicates just above the threshold";

    public string? Missing(ReportContext context) =>
        context.Columns.Any(c => c.Name == PoolColumns.DuplicateOf) && context.Columns.Any(c => c.Name == PoolColumns.Similarity) ? null : "the pool was made without looking for duplicates";

    public void Write(Markup markup, ReportContext context)
    {
        if (NearPairs.Of(context.Pool, MaxPairs) is not { } pairs)
        {
            markup.Leaf("p", "The columns of duplicates hold nothing that can be shown.");
            return;
        }

        string threshold = (context.Manifest["settings"] as JsonObject).Text("Stages:Dedup:MinJaccard");
        markup.Leaf("p", $"{Figures.Count(pairs.Exact, "row")} exactly and {Figures.Count(pairs.Near, "row")} nearly repeat an earlier row"
            + (threshold.Length > 0 ? $" (Jaccard index of word shingles at least {SafeText.Shorten(threshold, 20)})." : ".")
            + (pairs.Near > 0 ? $" Here {(pairs.Least.Count == 1 ? "is the pair" : $"are the {pairs.Least.Count} pairs")} least alike; words that the other row lacks are marked." : ""));
        foreach ((long row, long of, double similarity) in pairs.Least)
        {
            string left = RowExcerpt.Texts(context.Pool.ReadRow(of), Compared);
            string right = RowExcerpt.Texts(context.Pool.ReadRow(row), Compared);
            using (markup.Element("article", ("class", "pair")))
            {
                markup.Leaf("h3", $"Similarity {Figures.Number(similarity)}");
                using (markup.Element("div", ("class", "sides")))
                {
                    Side(markup, context, "Kept", of, left, right);
                    Side(markup, context, "Repeats it", row, right, left);
                }
            }
        }
    }

    private static void Side(Markup markup, ReportContext context, string title, long row, string text, string other)
    {
        using (markup.Element("div", ("class", "side")))
        {
            using (markup.Element("p", ("class", "meta")))
            {
                markup.Leaf("b", $"{title}: row {Figures.Row(row)}");
                markup.Text(" · ");
                markup.Leaf("span", SafeText.Shorten(context.Pool.Id(row), 160), ("dir", "auto"));
            }

            using (markup.Element("pre", ("dir", "auto")))
            {
                foreach ((string run, bool isMarked) in WordMarks.Excerpt(text, other, MaxText))
                {
                    if (isMarked)
                    {
                        markup.Leaf("mark", run);
                    }
                    else
                    {
                        markup.Text(run);
                    }
                }
            }
        }
    }
}
