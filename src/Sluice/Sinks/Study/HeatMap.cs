using System.Globalization;
using System.Text;
using Sluice.Proportions.Estimation;
using Sluice.Sinks.Report;

namespace Sluice.Sinks.Study;

/// <summary>Draws the matrix: a coloured square a pair, the trees of both clusterings beside it, names, and a legend.</summary>
internal sealed class HeatMap
{
    /// <summary>Looks of the drawing; its colours come from the page around it, or from <see cref="Alone"/>.</summary>
    public const string Css = """
        .heat { display: block; }
        .heat text { fill: var(--ink); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
        .heat .soft { fill: var(--soft); }
        .heat .on-dark { fill: #ffffff; }
        .heat .on-light { fill: #1b2126; }
        .heat .branch { fill: none; stroke: var(--soft); stroke-width: 1; }
        .heat .hatch { stroke: #55606b; stroke-width: 1.5; }
        .heat .cut { fill: #1b2126; }
        .heat .cell:hover { stroke: var(--ink); stroke-width: 2; }
        """;

    /// <summary>Colours of a drawing that stands alone.</summary>
    public const string Alone = """
        :root { color-scheme: light dark; --ink: #1b2126; --soft: #55606b; --sheet: #ffffff; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --soft: #a3afba; --sheet: #1a2026; } }
        .sheet { fill: var(--sheet); }
        """;

    private const double Tree = 84;
    private const double Gap = 6;
    private const double Letter = 6.4;
    private const double Slant = 60;
    private const double LegendWidth = 200;
    private const double LegendHeight = 64;
    private const double LegendLeft = 28;

    private readonly StudyPicture _picture;
    private readonly double _cell;
    private readonly double _left;
    private readonly double _top;
    private readonly double _names;

    private HeatMap(StudyPicture picture)
    {
        _picture = picture;
        int count = picture.Matrix.Categories.Count;
        _cell = Math.Clamp(Math.Floor(616.0 / count), 9, 56);
        _names = Letter * picture.Matrix.Categories.Max(c => Name(c).Length);
        // Slanted names begin below their column and run to the left.
        _left = Math.Max(Tree + Gap, (_names * Math.Cos(Slant * Math.PI / 180)) - (_cell / 2) + Gap);
        _top = LegendHeight + Tree + Gap;
    }

    private double Side => _cell * _picture.Matrix.Categories.Count;

    private double Width => Math.Max(_left + Side + Gap + _names + Gap, LegendWidth + 320);

    private double Height => _top + Side + Gap + (_names * Math.Sin(Slant * Math.PI / 180)) + 18;

    /// <summary>Writes the drawing.</summary>
    /// <param name="markup">Where.</param>
    /// <param name="picture">What is drawn.</param>
    /// <param name="alone">Whether it is a file of its own.</param>
    public static void Write(Markup markup, StudyPicture picture, bool alone)
    {
        HeatMap map = new(picture);
        string label = $"Effect equivalence of {picture.Matrix.Categories.Count} categories: rows are targets, columns what was trained; red helps, blue harms.";
        using (markup.Element("svg",
            ("xmlns", alone ? "http://www.w3.org/2000/svg" : null), ("class", "heat"), ("width", Place(map.Width)), ("height", Place(map.Height)),
            ("viewBox", $"0 0 {Place(map.Width)} {Place(map.Height)}"), ("role", "img"), ("aria-label", label)))
        {
            markup.Leaf("title", label);
            if (alone)
            {
                markup.Style(Alone + "\n" + Css);
                using (markup.Element("rect", ("class", "sheet"), ("width", "100%"), ("height", "100%")))
                {
                }
            }

            map.Legend(markup);
            map.Branches(markup, picture.ColumnTree, picture.Columns, (along, depth) => (map._left + along, LegendHeight + Tree - depth));
            map.Branches(markup, picture.RowTree, picture.Rows, (along, depth) => (map._left - Gap - depth, map._top + along));
            map.Cells(markup);
            map.Names(markup);
        }
    }

    private void Cells(Markup markup)
    {
        IReadOnlyList<string> names = _picture.Matrix.Categories;
        for (int y = 0; y < names.Count; y++)
        {
            for (int x = 0; x < names.Count; x++)
            {
                (int target, int trained) = (_picture.Rows[y], _picture.Columns[x]);
                double value = _picture.Matrix[names[target], names[trained]];
                bool undefined = _picture.IsUndefined(target, trained);
                using (markup.Element("g"))
                {
                    Square(markup, _left + (x * _cell), _top + (y * _cell), undefined ? "url(#undefined)" : DivergingScale.Colour(value, _picture.Scale), _picture.Words(target, trained));
                    if (_picture.IsClipped(target, trained))
                    {
                        Corner(markup, _left + ((x + 1) * _cell), _top + (y * _cell));
                    }

                    if (_cell >= 34 && !undefined)
                    {
                        markup.Leaf("text", value.ToString("0.00", CultureInfo.InvariantCulture), ("class", DivergingScale.IsDark(value, _picture.Scale) ? "on-dark" : "on-light"),
                            ("x", Place(_left + ((x + 0.5) * _cell))), ("y", Place(_top + ((y + 0.5) * _cell) + 4)), ("text-anchor", "middle"), ("pointer-events", "none"));
                    }
                }
            }
        }
    }

    private void Square(Markup markup, double x, double y, string fill, string? words)
    {
        using (markup.Element("rect", ("class", words is null ? null : "cell"), ("x", Place(x)), ("y", Place(y)), ("width", Place(_cell)), ("height", Place(_cell)), ("fill", fill)))
        {
            if (words is not null)
            {
                markup.Leaf("title", words);
            }
        }
    }

    private void Corner(Markup markup, double right, double top)
    {
        double size = Math.Max(4, _cell / 4);
        using (markup.Element("path", ("class", "cut"), ("d", $"M{Place(right - size)} {Place(top)}H{Place(right)}V{Place(top + size)}Z"), ("pointer-events", "none")))
        {
        }
    }

    private void Names(Markup markup)
    {
        double bottom = _top + Side + Gap;
        for (int i = 0; i < _picture.Rows.Count; i++)
        {
            double middle = (i + 0.5) * _cell;
            markup.Leaf("text", Name(_picture.Matrix.Categories[_picture.Rows[i]]), ("x", Place(_left + Side + Gap)), ("y", Place(_top + middle + 4)));
            string at = $"{Place(_left + middle + 4)} {Place(bottom + 6)}";
            markup.Leaf("text", Name(_picture.Matrix.Categories[_picture.Columns[i]]), ("text-anchor", "end"), ("transform", $"translate({at}) rotate(-{Place(Slant)})"));
        }

        markup.Leaf("text", "target", ("class", "soft"), ("x", Place(_left + Side + Gap)), ("y", Place(_top - Gap)));
        markup.Leaf("text", "trained", ("class", "soft"), ("x", Place(_left + Side + Gap)), ("y", Place(bottom + 12)));
    }

    // A bracket a merge: from both clusters' middles up to the distance at which they join.
    private void Branches(Markup markup, IReadOnlyList<ClusterMerge> tree, IReadOnlyList<int> leaves, Func<double, double, (double X, double Y)> place)
    {
        int count = leaves.Count;
        double longest = tree.Count == 0 ? 0 : tree.Max(m => m.Distance);
        double[] along = new double[count + tree.Count];
        double[] depth = new double[count + tree.Count];
        for (int i = 0; i < count; i++)
        {
            along[leaves[i]] = (i + 0.5) * _cell;
        }

        StringBuilder path = new();
        for (int step = 0; step < tree.Count; step++)
        {
            (int left, int right, double distance, _) = tree[step];
            (double a, double b) = (along[left], along[right]);
            double high = longest > 0 ? distance / longest * (Tree - 4) : 0;
            path.Append('M').Append(Point(place(a, depth[left]))).Append('L').Append(Point(place(a, high))).Append('L').Append(Point(place(b, high))).Append('L').Append(Point(place(b, depth[right])));
            (along[count + step], depth[count + step]) = ((a + b) / 2, high);
        }

        using (markup.Element("path", ("class", "branch"), ("d", path.Length == 0 ? "M0 0" : path.ToString())))
        {
        }
    }

    private void Legend(Markup markup)
    {
        using (markup.Element("defs"))
        using (markup.Element("pattern", ("id", "undefined"), ("width", "6"), ("height", "6"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)")))
        {
            using (markup.Element("rect", ("width", "6"), ("height", "6"), ("fill", "#dfe3e7")))
            {
            }

            using (markup.Element("line", ("class", "hatch"), ("x1", "0"), ("y1", "0"), ("x2", "0"), ("y2", "6")))
            {
            }
        }

        const int Steps = 40;
        for (int i = 0; i < Steps; i++)
        {
            double value = ((2.0 * (i + 0.5) / Steps) - 1) * _picture.Scale;
            using (markup.Element("rect", ("x", Place(LegendLeft + (i * LegendWidth / Steps))), ("y", "8"), ("width", Place((LegendWidth / Steps) + 0.3)), ("height", "14"), ("fill", DivergingScale.Colour(value, _picture.Scale))))
            {
            }
        }

        foreach (double at in (ReadOnlySpan<double>)[-1, 0, 1])
        {
            markup.Leaf("text", Figures.Number(Math.Round(at * _picture.Scale, 2)), ("class", "soft"), ("x", Place(LegendLeft + ((at + 1) / 2 * LegendWidth))), ("y", "38"), ("text-anchor", "middle"));
        }

        double left = LegendLeft + LegendWidth + 40;
        if (_picture.Estimate?.Cells.Any(c => c.IsUndefined) ?? false)
        {
            Square(markup, left, 8, "url(#undefined)", null);
            markup.Leaf("text", "undefined", ("class", "soft"), ("x", Place(left + _cell + 6)), ("y", "20"));
            left += _cell + 90;
        }

        if (_picture.Estimate?.Cells.Any(c => c.IsClipped) ?? false)
        {
            Square(markup, left, 8, DivergingScale.Colour(_picture.Scale, _picture.Scale), null);
            Corner(markup, left + _cell, 8);
            markup.Leaf("text", "clipped", ("class", "soft"), ("x", Place(left + _cell + 6)), ("y", "20"));
        }
    }

    private static string Name(string category) => SafeText.Shorten(category, 44);

    private static string Point((double X, double Y) at) => $"{Place(at.X)} {Place(at.Y)}";

    private static string Place(double value) => Figures.Coordinate(value);
}
