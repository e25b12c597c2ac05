namespace Sluice.Sinks.Report.Charts;

/// <summary>What the drawings share: the frame, ticks and words around a plot of 400 by 240 units, which a phone shows at its true size.</summary>
internal static class Drawing
{
    /// <summary>Width in units.</summary>
    public const double Width = 400;

    /// <summary>Height in units.</summary>
    public const double Height = 240;

    /// <summary>Left edge of the plot.</summary>
    public const double Left = 46;

    /// <summary>Right edge of the plot.</summary>
    public const double Right = 390;

    /// <summary>Upper edge of the plot.</summary>
    public const double Top = 24;

    /// <summary>Lower edge of the plot.</summary>
    public const double Bottom = 196;

    /// <summary>Opens a drawing that assistive technology reads as one picture with a title.</summary>
    public static Markup.Scope Open(Markup markup, string label, double width = Width, double height = Height) => markup.Element(
        "svg",
        ("class", "plot"),
        ("viewBox", $"0 0 {Figures.Coordinate(width)} {Figures.Coordinate(height)}"),
        ("role", "img"),
        ("aria-label", label));

    /// <summary>A line.</summary>
    public static void Line(Markup markup, string style, double x1, double y1, double x2, double y2)
    {
        using (markup.Element("line", ("class", style), ("x1", Figures.Coordinate(x1)), ("y1", Figures.Coordinate(y1)), ("x2", Figures.Coordinate(x2)), ("y2", Figures.Coordinate(y2))))
        {
        }
    }

    /// <summary>Words; <paramref name="anchor"/> is <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public static void Words(Markup markup, double x, double y, string anchor, string text, string? style = null) =>
        markup.Leaf("text", text, ("class", style), ("x", Figures.Coordinate(x)), ("y", Figures.Coordinate(y)), ("text-anchor", anchor));

    /// <summary>The horizontal axis: baseline, ticks and title.</summary>
    public static void Horizontal(Markup markup, Axis axis, IReadOnlyList<double> ticks, Func<double, string> format, string title)
    {
        Line(markup, "axis", Left, Bottom, Right, Bottom);
        foreach (double tick in ticks)
        {
            double x = axis.Place(tick);
            Line(markup, "axis", x, Bottom, x, Bottom + 4);
            Words(markup, Math.Min(x, Right - 6), Bottom + 17, "middle", format(tick));
        }

        Words(markup, (Left + Right) / 2, Height - 6, "middle", title, "title");
    }

    /// <summary>The vertical axis: faint lines, ticks, and its title over the plot.</summary>
    public static void Vertical(Markup markup, Axis axis, IReadOnlyList<double> ticks, Func<double, string> format, string title)
    {
        foreach (double tick in ticks)
        {
            double y = axis.Place(tick);
            Line(markup, "grid", Left, y, Right, y);
            Words(markup, Left - 5, y + 4, "end", format(tick));
        }

        Words(markup, 0, 12, "start", title, "title");
    }
}
