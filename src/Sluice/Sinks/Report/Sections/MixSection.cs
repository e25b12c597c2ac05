using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>Category shares among the candidates and among the selected rows.</summary>
internal sealed class MixSection : IReportSection
{
    private const int MaxCategories = 40;

    public string Id => "mix";

    public string Title => "Category shares before and after";

    public string? Missing(ReportContext context) => context.CategoryColumn is null ? "the pool has no column of categories" : null;

    public void Write(Markup markup, ReportContext context)
    {
        CategoryShares shares = CategoryShares.Of(context.Categories()!, context.Fates);
        markup.Leaf("p", $"Share of each category among the {Figures.Count(shares.Candidates)} candidates and the {Figures.Count(shares.Selected)} selected rows, in percent of each. "
            + $"All changes together move {Figures.Percent(shares.TotalVariation)} of the rows (total variation distance). pp: percentage points.");
        Legend.Write(markup, ("before", "before: candidates"), ("kept", "after: selected"));
        IReadOnlyList<CategoryShares.Category> largest = shares.Largest(MaxCategories);
        double widest = largest.Max(c => Math.Max(Share(c.Before, shares.Candidates), Share(c.After, shares.Selected)));
        using (markup.Element("ol", ("class", "mix")))
        {
            foreach (CategoryShares.Category category in largest)
            {
                double before = Share(category.Before, shares.Candidates);
                double after = Share(category.After, shares.Selected);
                string words = $"{Figures.Percent(before)} → {Figures.Percent(after)}";
                string name = SafeText.Shorten(category.Name, 80);
                using (markup.Element("li"))
                {
                    markup.Leaf("span", name, ("class", "name"), ("dir", "auto"));
                    Bars.Write(markup, $"{name}: {Figures.Count(category.Before)} candidates, {Figures.Count(category.After)} selected, {words}", 9,
                        ("before", 0, before / widest, 0), ("kept", 0, after / widest, 1));
                    using (markup.Element("span", ("class", "amount")))
                    {
                        markup.Text($"{words} ");
                        markup.Leaf("small", $"{Figures.Points(after - before)} · {Figures.Count(category.After)} of {Figures.Count(category.Before)} rows");
                    }
                }
            }
        }
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
