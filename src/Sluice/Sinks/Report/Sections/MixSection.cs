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
        ShareBars.Write(markup, largest.Select(category =>
        {
            double before = Share(category.Before, shares.Candidates);
            double after = Share(category.After, shares.Selected);
            return new ShareBar(category.Name, before, after, $"{Figures.Count(category.Before)} candidates, {Figures.Count(category.After)} selected", $"{Figures.Count(category.After)} of {Figures.Count(category.Before)} rows");
        }));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
