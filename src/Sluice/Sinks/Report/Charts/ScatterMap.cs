using System.Text;

namespace Sluice.Sinks.Report.Charts;

/// <summary>Points in a plane, some of them highlighted.</summary>
internal static class ScatterMap
{
    private const double Side = 560;
    private const double Margin = 10;

    /// <summary>Draws the points, both axes in the same scale.</summary>
    /// <param name="markup">Where.</param>
    /// <param name="label">What the drawing says.</param>
    /// <param name="x">Coordinates to the right.</param>
    /// <param name="y">Coordinates upwards.</param>
    /// <param name="title">Words of a highlighted point; null for the others.</param>
    public static void Write(Markup markup, string label, double[] x, double[] y, Func<int, string?> title)
    {
        (double left, double right) = (x.Min(), x.Max());
        (double low, double high) = (y.Min(), y.Max());
        double scale = (Side - (2 * Margin)) / Math.Max(1e-12, Math.Max(right - left, high - low));
        double width = ((right - left) * scale) + (2 * Margin);
        double height = Math.Max(120, ((high - low) * scale) + (2 * Margin));
        double bottom = (height + ((high - low) * scale)) / 2;
        using (Drawing.Open(markup, label, Math.Max(width, 120), height))
        {
            StringBuilder others = new();
            for (int i = 0; i < x.Length; i++)
            {
                if (title(i) is null)
                {
                    // A stroke of next to no length with round ends is a dot: a tenth of the size of a circle element.
                    others.Append('M').Append(Tenth(Right(i))).Append(' ').Append(Tenth(Up(i))).Append("h.01");
                }
            }

            using (markup.Element("path", ("class", "dots"), ("d", others.ToString())))
            {
            }

            for (int i = 0; i < x.Length; i++)
            {
                if (title(i) is { } words)
                {
                    using (markup.Element("circle", ("class", "kept dot"), ("cx", Tenth(Right(i))), ("cy", Tenth(Up(i))), ("r", "2.6")))
                    {
                        markup.Leaf("title", words);
                    }
                }
            }
        }

        double Right(int i) => Margin + ((x[i] - left) * scale);
        double Up(int i) => bottom - ((y[i] - low) * scale);
        static string Tenth(double value) => Figures.Coordinate(Math.Round(value, 1));
    }
}
