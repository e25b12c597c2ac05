namespace Sluice.Sinks.Report.Charts;

/// <summary>Horizontal bars whose length is a share of the space there is, whatever its width.</summary>
internal static class Bars
{
    /// <summary>One drawing of bars under each other.</summary>
    /// <param name="markup">Where.</param>
    /// <param name="label">What the drawing says, for assistive technology and for hovering.</param>
    /// <param name="height">Height of a bar in pixels.</param>
    /// <param name="bars">Style, place of the beginning and length, both as shares (0 to 1), and the line (from 0).</param>
    public static void Write(Markup markup, string label, int height, params ReadOnlySpan<(string Style, double From, double Length, int Line)> bars)
    {
        int lines = 1;
        foreach ((_, _, _, int line) in bars)
        {
            lines = Math.Max(lines, line + 1);
        }

        using (markup.Element("svg", ("class", "bars"), ("width", "100%"), ("height", Figures.Coordinate(lines * (height + 2))), ("role", "img"), ("aria-label", label)))
        {
            markup.Leaf("title", label);
            for (int line = 0; line < lines; line++)
            {
                Rectangle(markup, "track", 0, 1, line, height);
            }

            foreach ((string style, double from, double length, int line) in bars)
            {
                if (length > 0)
                {
                    // A bar of a few rows among millions is still to be seen.
                    Rectangle(markup, style, Math.Min(from, 0.997), Math.Max(length, 0.003), line, height);
                }
            }
        }
    }

    private static void Rectangle(Markup markup, string style, double from, double length, int line, int height)
    {
        using (markup.Element(
            "rect",
            ("class", style),
            ("x", Percent(from)),
            ("y", Figures.Coordinate((line * (height + 2)) + 1)),
            ("width", Percent(Math.Min(length, 1))),
            ("height", Figures.Coordinate(height))))
        {
        }
    }

    private static string Percent(double share) => $"{Figures.Coordinate(100 * share)}%";
}
