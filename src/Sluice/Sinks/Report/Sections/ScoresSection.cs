using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>How the selected rows' scores and lengths differ from the dropped ones'.</summary>
internal sealed class ScoresSection : IReportSection
{
    private const int MaxColumns = 12;

    public string Id => "scores";

    public string Title => "Scores and lengths, selected against dropped";

    public string? Missing(ReportContext context) => context.Pool.Rows == 0 ? "the pool holds no rows" : null;

    public void Write(Markup markup, ReportContext context)
    {
        // Quality first, since it is what people ask for; the others by name.
        List<StoredColumn> columns = [.. context.Columns
            .Where(c => c.Kind is ColumnKind.Number or ColumnKind.Integer or ColumnKind.NumberList && c.Name is not (PoolColumns.DuplicateOf or PoolColumns.Similarity) && c.Name != context.CategoryColumn)
            .OrderBy(c => c.Name == PoolColumns.Quality ? 0 : 1)];
        using (markup.Element("div", ("class", "charts")))
        {
            foreach (StoredColumn column in columns.Take(MaxColumns))
            {
                string name = SafeText.Shorten(column.Name, 40);
                if (ValueHistogram.Of(Values(context.Pool.Column(column.Name)), context.Fates, isLogarithmic: false) is { } histogram)
                {
                    HistogramChart.Write(markup, name, column.Kind == ColumnKind.NumberList ? $"{name} (mean of the row’s list)" : $"{name} (score)", histogram);
                }
            }

            if (ValueHistogram.Of(Lengths(context.Pool), context.Fates, isLogarithmic: true) is { } lengths)
            {
                HistogramChart.Write(markup, "Row length", "bytes of the row’s JSON (logarithmic)", lengths);
            }
        }

        if (columns.Count > MaxColumns)
        {
            markup.Leaf("p", $"{Figures.Count(columns.Count - MaxColumns)} more number columns are not drawn.");
        }
    }

    private static double[] Values(ColumnData data) => data switch
    {
        NumberData numbers => numbers.Values,
        IntegerData integers => Array.ConvertAll(integers.Values, static v => v == IntegerData.Missing ? double.NaN : v),
        NumberListData lists => Array.ConvertAll(lists.Values, static v => v is { Length: > 0 } ? v.Average() : double.NaN),
        _ => [],
    };

    private static double[] Lengths(PoolReader pool)
    {
        double[] lengths = new double[pool.Rows];
        foreach (LedgerRecord record in pool.Records.Where(r => r.Rows > 0))
        {
            SegmentRows rows = pool.SegmentRows((int)record.Segment);
            for (int i = 0; i < rows.Count; i++)
            {
                lengths[record.FirstRow + i] = rows.Length(i);
            }
        }

        return lengths;
    }
}
