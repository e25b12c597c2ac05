using System.Text;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Charts;

/// <summary>Two histograms over each other, as of the selected rows and the dropped ones, each as shares of its own group so that their shapes compare.</summary>
internal static class HistogramChart
{
    /// <summary>Writes the figure.</summary>
    /// <param name="markup">Where.</param>
    /// <param name="title">What is counted.</param>
    /// <param name="unit">Title of the horizontal axis, with the unit.</param>
    /// <param name="histogram">The counts.</param>
    /// <param name="groups">What the two groups are called and how they are drawn; null: selected and dropped.</param>
    public static void Write(Markup markup, string title, string unit, ValueHistogram histogram, HistogramGroups? groups = null)
    {
        groups ??= HistogramGroups.Fates;
        using (markup.Element("figure", ("class", "chart")))
        {
            markup.Leaf("h3", title);
            double highest = Enumerable.Range(0, histogram.Edges.Length - 1).Max(i => Math.Max(histogram.Kept.Share(i), histogram.Dropped.Share(i)));
            Axis x = new(histogram.Edges[0], histogram.Edges[^1], Drawing.Left, Drawing.Right);
            Axis y = new(0, 100 * Math.Max(highest, 1e-6), Drawing.Bottom, Drawing.Top);
            using (Drawing.Open(markup, $"{title}: share of each group’s rows by value. {Summary(groups.Kept, histogram.Kept)} {Summary(groups.Dropped, histogram.Dropped)}"))
            {
                Drawing.Vertical(markup, y, y.Ticks(4), static t => $"{Figures.Number(t)}", "% of the group’s rows");
                Outline(markup, groups.DroppedStyle, histogram.Dropped, x, y, histogram.Edges);
                Outline(markup, "kept", histogram.Kept, x, y, histogram.Edges);
                Drawing.Horizontal(markup, x, histogram.IsLogarithmic ? x.LogarithmicTicks() : x.Ticks(6),
                    t => Figures.Number(histogram.IsLogarithmic ? Math.Round(Math.Pow(10, t)) : t), unit);
                Hovers(markup, histogram, groups, x);
            }

            using (markup.Element("figcaption"))
            {
                Legend.Write(markup, ("kept", Summary(groups.Kept, histogram.Kept)), (groups.DroppedStyle, Summary(groups.Dropped, histogram.Dropped)));
                long outside = histogram.Kept.Outside + histogram.Dropped.Outside;
                if (outside > 0)
                {
                    markup.Leaf("p", $"The outermost bars also hold {Figures.Count(outside, "row")} beyond the axis.");
                }
            }
        }
    }

    private static string Summary(string group, ValueCounts counts) =>
        $"{group}: {Figures.Count(counts.Count, "row")}, mean {Figures.Number(counts.Mean)}{(counts.Missing > 0 ? $", {Figures.Count(counts.Missing)} without a value" : "")}.";

    private static void Outline(Markup markup, string style, ValueCounts counts, Axis x, Axis y, double[] edges)
    {
        if (counts.Count == 0)
        {
            return;
        }

        StringBuilder path = new();
        path.Append('M').Append(Figures.Coordinate(x.From)).Append(' ').Append(Figures.Coordinate(y.From));
        for (int i = 0; i + 1 < edges.Length; i++)
        {
            path.Append('V').Append(Figures.Coordinate(y.Place(100 * counts.Share(i)))).Append('H').Append(Figures.Coordinate(x.Place(edges[i + 1])));
        }

        path.Append('V').Append(Figures.Coordinate(y.From)).Append('Z');
        using (markup.Element("path", ("class", $"area {style}"), ("d", path.ToString())))
        {
        }
    }

    private static void Hovers(Markup markup, ValueHistogram histogram, HistogramGroups groups, Axis x)
    {
        for (int i = 0; i + 1 < histogram.Edges.Length; i++)
        {
            double left = x.Place(histogram.Edges[i]);
            using (markup.Element(
                "rect",
                ("class", "hover"),
                ("x", Figures.Coordinate(left)),
                ("y", Figures.Coordinate(Drawing.Top)),
                ("width", Figures.Coordinate(x.Place(histogram.Edges[i + 1]) - left)),
                ("height", Figures.Coordinate(Drawing.Bottom - Drawing.Top))))
            {
                markup.Leaf("title", $"{Figures.Number(histogram.EdgeValue(i))} to {Figures.Number(histogram.EdgeValue(i + 1))}: "
                    + $"{groups.Kept} {Figures.Count(histogram.Kept.Bins[i])} ({Figures.Percent(histogram.Kept.Share(i))}), {groups.Dropped} {Figures.Count(histogram.Dropped.Bins[i])} ({Figures.Percent(histogram.Dropped.Share(i))})");
            }
        }
    }
}
