using Sluice.Proportions.Estimation;
using Sluice.Sinks.Report;
using Sluice.Sinks.Report.Sections;

namespace Sluice.Sinks.Study;

/// <summary>Writes <c>study.html</c>: one file without scripts and without anything from elsewhere, that is well-formed XML too. The same study gives the same bytes.</summary>
internal sealed class StudyPage
{
    private const int MaxLines = 200;
    private readonly Markup _markup;
    private readonly StudyPicture _picture;
    private readonly DependencyTaxonomy _taxonomy;

    private StudyPage(Markup markup, StudyPicture picture, DependencyTaxonomy taxonomy)
    {
        _markup = markup;
        _picture = picture;
        _taxonomy = taxonomy;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="stream">Where; stays open.</param>
    /// <param name="source">File that the matrix comes from, for the page's head.</param>
    /// <param name="picture">The matrix.</param>
    /// <param name="taxonomy">The taxonomy induced from it.</param>
    public static void Write(Stream stream, string source, StudyPicture picture, DependencyTaxonomy taxonomy)
    {
        using Markup markup = new(stream);
        StudyPage page = new(markup, picture, taxonomy);
        using (markup.Element("html", ("lang", "en")))
        {
            PageParts.Head(markup, "Study of category interactions", StudyStyle.Css);
            using (markup.Element("body"))
            {
                page.Top(source);
                using (markup.Element("main"))
                {
                    PageParts.Section(markup, "map", "Effect equivalence", page.Map);
                    PageParts.Section(markup, "taxonomy", "Dependency taxonomy", page.Groups);
                    PageParts.Section(markup, "circles", "Circles", page.Circles);
                    PageParts.Section(markup, "edges", "Edges", page.Edges);
                    if (picture.Estimate is { } estimate)
                    {
                        PageParts.Section(markup, "doubt", "What to trust less", () => page.Doubt(estimate));
                    }

                    PageParts.Section(markup, "numbers", "All coefficients", page.Numbers);
                }
            }
        }
    }

    private void Top(string source)
    {
        using (_markup.Element("header"))
        {
            _markup.Leaf("p", "Study of category interactions", ("class", "kicker"));
            _markup.Leaf("h1", "Which categories help which");
            _markup.Leaf("p", $"from {SafeText.Shorten(source, 200)}", ("class", "meta"));
            using (_markup.Element("dl", ("class", "cards")))
            {
                PageParts.Card(_markup, "Categories", Figures.Count(_taxonomy.Categories.Count), $"{Figures.Count(_taxonomy.Categories.Count * _taxonomy.Categories.Count)} pairs");
                PageParts.Card(_markup, "Edges", Figures.Count(_taxonomy.Edges.Count), $"of {Figures.Number(_taxonomy.Threshold)} or more, one way");
                PageParts.Card(_markup, "Circles", Figures.Count(_taxonomy.Cycles.Count), "each broken at its weakest edge");
                if (_picture.Estimate is { } estimate)
                {
                    PageParts.Card(_markup, "Undefined", Figures.Count(estimate.Cells.Count(c => c.IsUndefined)), "coefficients without a denominator");
                    PageParts.Card(_markup, "Clipped", Figures.Count(estimate.Cells.Count(c => c.IsClipped)), "coefficients beyond the limit");
                }
            }
        }
    }

    private void Map()
    {
        _markup.Leaf("p", "One unit of the trained category (column) is worth so many units of the target (row), measured on the target’s own evaluation. Red helps, blue harms, "
            + "white does nothing. Rows and columns are each ordered by average-linkage clustering over Euclidean distance; point at a square for its numbers.");
        using (_markup.Element("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Heat map")))
        {
            HeatMap.Write(_markup, _picture, alone: false);
        }
    }

    private void Groups()
    {
        _markup.Leaf("p", $"An edge leads from one category to another where training on it is worth at least {Figures.Number(_taxonomy.Threshold)} of the other, and more than the other way round. "
            + "Base categories only give, dependent ones only receive; intermediate ones do both, or neither.");
        using (_markup.Element("div", ("class", "groups")))
        {
            Group("base", "Base", _taxonomy.Base);
            Group("intermediate", "Intermediate", _taxonomy.Intermediate);
            Group("dependent", "Dependent", _taxonomy.Dependent);
        }
    }

    private void Group(string style, string title, IReadOnlyList<string> categories)
    {
        using (_markup.Element("div", ("class", "group-" + style)))
        {
            _markup.Leaf("h3", $"{title} ({Figures.Count(categories.Count)})");
            if (categories.Count == 0)
            {
                _markup.Leaf("p", "none");
                return;
            }

            using (_markup.Element("ul"))
            {
                foreach (string category in categories)
                {
                    int gives = _taxonomy.Edges.Count(e => e.From == category);
                    int takes = _taxonomy.Edges.Count(e => e.To == category);
                    using (_markup.Element("li"))
                    {
                        _markup.Text(SafeText.Shorten(category, 80) + " ");
                        _markup.Leaf("small", $"gives to {gives}, receives from {takes}");
                    }
                }
            }
        }
    }

    private void Circles()
    {
        if (_taxonomy.Cycles.Count == 0)
        {
            _markup.Leaf("p", "No categories help each other in a circle: the edges are an order as they are.");
            return;
        }

        _markup.Leaf("p", "Where categories help each other in a circle none can come first. Each circle was broken at its weakest edge, which is not in the taxonomy:");
        using (_markup.Element("ol", ("class", "circles")))
        {
            foreach (TaxonomyCycle cycle in _taxonomy.Cycles.Take(MaxLines))
            {
                using (_markup.Element("li"))
                {
                    _markup.Text(string.Join(" → ", cycle.Edges.Select(e => $"{SafeText.Shorten(e.From, 60)} ({Figures.Number(e.Gamma)})")) + $" → {SafeText.Shorten(cycle.Broken.From, 60)}. Left out: ");
                    _markup.Leaf("b", $"{SafeText.Shorten(cycle.Broken.From, 60)} → {SafeText.Shorten(cycle.Broken.To, 60)}");
                    _markup.Text(".");
                }
            }
        }
    }

    private void Edges()
    {
        Table.Write(_markup, "Strongest first", ["Trained", "helps", "Worth#", "The other way#"], _taxonomy.Edges.Take(MaxLines)
            .Select(e => (IReadOnlyList<string>)[SafeText.Shorten(e.From, 80), SafeText.Shorten(e.To, 80), Figures.Number(e.Gamma), Figures.Number(_picture.Matrix[e.From, e.To])]));
        More(_taxonomy.Edges.Count, "taxonomy.json holds them all");
    }

    private void Doubt(EffectEstimate estimate)
    {
        IReadOnlyList<string> against = estimate.AgainstTheOthers();
        if (against.Count > 0)
        {
            _markup.Leaf("p", $"Training on these moved their own score the other way than most categories’ own training did, so that help and harm change places in their rows: {string.Join("; ", against.Select(a => SafeText.Shorten(a, 80)))}.", ("class", "bad"));
        }

        EffectCell[] cells = [.. estimate.Cells.Where(c => c.Trained != c.Target).OrderByDescending(Doubtfulness).ThenBy(c => c.Target).ThenBy(c => c.Trained)];
        Table.Write(_markup, "Undefined, clipped, then the largest variance over slices", ["Trained", "Target", "Coefficient#", "Average before clipping#", "Variance#", "Slices used#"], cells.Take(30)
            .Select(c => (IReadOnlyList<string>)
            [
                SafeText.Shorten(estimate.Categories[c.Trained], 80), SafeText.Shorten(estimate.Categories[c.Target], 80), c.IsUndefined ? "undefined" : Figures.Number(c.Gamma),
                Figures.Number(c.Mean), Figures.Number(c.Variance), $"{c.Used} of {c.Slices}",
            ]));
        _markup.Leaf("p", "confidence/cells.csv holds every pair.");
    }

    private void Numbers()
    {
        using (_markup.Element("details"))
        {
            _markup.Leaf("summary", "Rows are targets, columns trained categories");
            IReadOnlyList<string> names = _picture.Matrix.Categories;
            Table.Write(_markup, "Coefficients", ["target", .. names.Select(n => SafeText.Shorten(n, 60) + "#")], names.Select((target, j) => (IReadOnlyList<string>)
                [SafeText.Shorten(target, 80), .. names.Select((trained, i) => _picture.IsUndefined(j, i) ? "undefined" : Figures.Number(_picture.Matrix[target, trained]))]));
        }
    }

    private void More(int count, string where)
    {
        if (count > MaxLines)
        {
            _markup.Leaf("p", $"{Figures.Count(count - MaxLines)} more; {where}.");
        }
    }

    private static double Doubtfulness(EffectCell cell) => cell.IsUndefined ? double.PositiveInfinity : cell.IsClipped ? 1e300 : double.IsNaN(cell.Variance) ? -1 : cell.Variance;
}
