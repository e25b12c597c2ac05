using System.Text;

namespace Sluice.Sinks.Report.Charts;

/// <summary>A falling line over a count, with a level it cannot go below.</summary>
internal static class LineChart
{
    /// <summary>Most points drawn.</summary>
    public const int MaxPoints = 400;

    /// <summary>Draws the line.</summary>
    /// <param name="markup">Where.</param>
    /// <param name="label">What the drawing says.</param>
    /// <param name="points">Ascending along the horizontal axis, at least one.</param>
    /// <param name="bound">A level to draw; NaN for none.</param>
    /// <param name="horizontal">Title of the horizontal axis.</param>
    /// <param name="vertical">Title of the vertical axis.</param>
    public static void Write(Markup markup, string label, IReadOnlyList<(double X, double Y)> points, double bound, string horizontal, string vertical)
    {
        points = Thin(points);
        Axis x = new(points[0].X, Math.Max(points[^1].X, points[0].X + 1), Drawing.Left, Drawing.Right);
        double highest = Math.Max(points.Max(p => p.Y), double.IsFinite(bound) ? bound : 0);
        Axis y = new(0, highest > 0 ? highest * 1.05 : 1, Drawing.Bottom, Drawing.Top);
        using (Drawing.Open(markup, label))
        {
            Drawing.Vertical(markup, y, y.Ticks(4), Figures.Number, vertical);
            Drawing.Horizontal(markup, x, x.Ticks(5), Figures.Number, horizontal);
            if (double.IsFinite(bound))
            {
                Drawing.Line(markup, "bound", Drawing.Left, y.Place(bound), Drawing.Right, y.Place(bound));
            }

            StringBuilder line = new();
            foreach ((double px, double py) in points)
            {
                line.Append(line.Length == 0 ? 'M' : 'L').Append(Figures.Coordinate(x.Place(px))).Append(' ').Append(Figures.Coordinate(y.Place(py)));
            }

            using (markup.Element("path", ("class", "line"), ("d", line.ToString())))
            {
            }

            using (markup.Element("circle", ("class", "kept"), ("cx", Figures.Coordinate(x.Place(points[^1].X))), ("cy", Figures.Coordinate(y.Place(points[^1].Y))), ("r", "4")))
            {
                markup.Leaf("title", $"{Figures.Number(points[^1].X)}: {Figures.Number(points[^1].Y)}");
            }
        }
    }

    /// <summary>At most <see cref="MaxPoints"/> points, evenly spaced in order, the first and the last among them.</summary>
    public static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points) => points.Count <= MaxPoints
        ? points
        : [.. Enumerable.Range(0, MaxPoints).Select(i => points[(int)((long)i * (points.Count - 1) / (MaxPoints - 1))])];
}
