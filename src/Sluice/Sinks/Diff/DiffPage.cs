using Sluice.Sinks.Report;
using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;
using Sluice.Sinks.Report.Sections;

namespace Sluice.Sinks.Diff;

/// <summary>Writes a comparison as one HTML file without scripts and without anything from elsewhere, that is well-formed XML too. The same report gives the same bytes.</summary>
internal sealed class DiffPage
{
    private const int MaxBars = 40;
    private const int MaxLines = 200;
    private readonly Markup _markup;
    private readonly DiffReport _report;

    private DiffPage(Markup markup, DiffReport report)
    {
        _markup = markup;
        _report = report;
    }

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, DiffReport report)
    {
        using Markup markup = new(stream);
        DiffPage page = new(markup, report);
        string title = SafeText.Shorten($"{report.Before.Name} and {report.After.Name}", 160);
        using (markup.Element("html", ("lang", "en")))
        {
            PageParts.Head(markup, $"{title} – comparison", ReportStyle.Css);
            using (markup.Element("body"))
            {
                page.Top(title);
                using (markup.Element("main"))
                {
                    PageParts.Section(markup, "rows", "Which rows", page.Rows);
                    PageParts.Section(markup, "settings", "What the runs were told", page.Settings);
                    foreach (MixShift mix in report.Mix)
                    {
                        PageParts.Section(markup, $"mix-{mix.Column}", $"The mix by {mix.Column}", () => page.Mix(mix));
                    }

                    if (report.Scores.Count > 0)
                    {
                        PageParts.Section(markup, "scores", "Scores", page.Scores);
                    }

                    page.Moved("entered", "Rows that entered", "in the second alone", report.Entered, report.WhyEntered, report.RowsEntered);
                    page.Moved("left", "Rows that left", "in the first alone", report.Left, report.WhyLeft, report.RowsLeft);
                }
            }
        }
    }

    private void Top(string title)
    {
        using (_markup.Element("header"))
        {
            _markup.Leaf("p", "Comparison of two selections", ("class", "kicker"));
            _markup.Leaf("h1", title, ("dir", "auto"));
            _markup.Leaf("p", $"first: {SafeText.Shorten(_report.Before.Path, 200)} · second: {SafeText.Shorten(_report.After.Path, 200)}", ("class", "meta"));
            using (_markup.Element("dl", ("class", "cards")))
            {
                PageParts.Card(_markup, "Stayed", Figures.Count(_report.Stayed), $"{Figures.Percent(_report.Stayed, _report.Before.Selected)} of the first");
                PageParts.Card(_markup, "Entered", Figures.Count(_report.Entered), "in the second alone");
                PageParts.Card(_markup, "Left", Figures.Count(_report.Left), "in the first alone");
                PageParts.Card(_markup, "Selected", $"{Figures.Count(_report.Before.Selected)} → {Figures.Count(_report.After.Selected)}", "rows");
            }

            foreach (string note in _report.Notes.Take(MaxLines))
            {
                _markup.Leaf("p", SafeText.Shorten(note, 600), ("class", "waiting"), ("role", "status"));
            }
        }
    }

    private void Rows()
    {
        if (_report.Identical)
        {
            _markup.Leaf("p", "Both hold the same rows in the same order.");
        }

        Legend.Write(_markup, ("kept", "stayed"), ("dropped", "in one alone"));
        double whole = Math.Max(1, Math.Max(_report.Before.Selected, _report.After.Selected));
        using (_markup.Element("ol", ("class", "funnel")))
        {
            Side("First", _report.Before, _report.Left, "left", whole);
            Side("Second", _report.After, _report.Entered, "entered", whole);
        }

        if (_report.Ranks is { } ranks)
        {
            _markup.Leaf("p", ranks.Largest == 0
                ? "All rows that stayed are at the rank they had."
                : $"Of the rows that stayed {Figures.Count(ranks.Same)} are at the rank they had; they moved by {Figures.Number(ranks.Median)} ranks at the median, by {Figures.Count(ranks.Largest)} at most ({SafeText.Shorten(ranks.LargestId, 120)}, from {Figures.Row(ranks.LargestFrom)} to {Figures.Row(ranks.LargestTo)}).");
        }
    }

    private void Side(string title, DiffSide side, long alone, string fate, double whole)
    {
        using (_markup.Element("li"))
        {
            _markup.Leaf("h3", $"{title}: {SafeText.Shorten(side.Name, 80)}");
            string words = $"{Figures.Count(side.Selected)} of {Figures.Count(side.Candidates)} candidates, {Figures.Count(_report.Stayed)} stayed, {Figures.Count(alone)} {fate}";
            double stayed = _report.Stayed / whole;
            Bars.Write(_markup, $"{title}: {words}", 22, ("kept", 0, stayed, 0), ("dropped", stayed, alone / whole, 0));
            _markup.Leaf("p", words, ("class", "amount"));
            _markup.Leaf("p", string.Join(" ▸ ", side.Steps.Take(40).Select(s => $"{SafeText.Shorten(s.Name, 40)} {Figures.Count(s.Rows)}")));
        }
    }

    private void Settings()
    {
        if (_report.Settings.Count == 0)
        {
            _markup.Leaf("p", "The same settings, recipe, models and inputs, as far as run.json tells.");
            return;
        }

        Table.Write(_markup, "What differs", ["Key", "First", "Second"], _report.Settings.Take(MaxLines)
            .Select(s => (IReadOnlyList<string>)[SafeText.Shorten(s.Key, 120), SafeText.Shorten(s.Before ?? Figures.None, 200), SafeText.Shorten(s.After ?? Figures.None, 200)]));
    }

    private void Mix(MixShift mix)
    {
        _markup.Leaf("p", $"Share of each value among the selected rows, the largest movement first. All movements together are {Figures.Percent(mix.TotalVariation)} of the rows (total variation distance). pp: percentage points.");
        Legend.Write(_markup, ("before", "first"), ("kept", "second"));
        ShareBars.Write(_markup, mix.Shares.Take(MaxBars).Select(s => new ShareBar(
            s.Name, s.ShareBefore, s.ShareAfter, $"{Figures.Count(s.Before)} rows, then {Figures.Count(s.After)}", $"{Figures.Count(s.Before)} → {Figures.Count(s.After)} rows")));
        if (mix.Shares.Count > MaxBars)
        {
            _markup.Leaf("p", $"{Figures.Count(mix.Shares.Count - MaxBars)} more values moved less.");
        }
    }

    private void Scores()
    {
        Table.Write(_markup, "Scores of the selected rows", ["Column", "Mean, first#", "Mean, second#", "Median, first#", "Median, second#", "Rows, first#", "Rows, second#"], _report.Scores.Select(s => (IReadOnlyList<string>)
        [
            SafeText.Shorten(s.Column, 80), Figures.Number(s.Before.Mean ?? double.NaN), Figures.Number(s.After.Mean ?? double.NaN), Figures.Number(s.Before.Median ?? double.NaN),
            Figures.Number(s.After.Median ?? double.NaN), Figures.Count(s.Before.Rows), Figures.Count(s.After.Rows),
        ]));
        using (_markup.Element("div", ("class", "charts")))
        {
            foreach (ScoreShift score in _report.Scores)
            {
                double[] values = [.. score.ValuesAfter, .. score.ValuesBefore];
                if (ValueHistogram.Of(values, RowFates.OfGroups(score.ValuesAfter.Count, score.ValuesBefore.Count), isLogarithmic: false) is { } histogram)
                {
                    string name = SafeText.Shorten(score.Column, 40);
                    HistogramChart.Write(_markup, name, $"{name} (score)", histogram, new HistogramGroups("second", "first", "before"));
                }
            }
        }
    }

    private void Moved(string id, string title, string words, long count, IReadOnlyList<DiffReason> why, IReadOnlyList<DiffRow> rows)
    {
        if (count == 0)
        {
            return;
        }

        PageParts.Section(_markup, id, title, () =>
        {
            _markup.Leaf("p", $"{Figures.Count(count, "row")} {words}. Why the other does not hold them:");
            using (_markup.Element("ul", ("class", "reasons")))
            {
                foreach (DiffReason reason in why.Take(MaxLines))
                {
                    using (_markup.Element("li"))
                    {
                        _markup.Leaf("b", $"{Figures.Count(reason.Rows)} ×");
                        _markup.Text(" ");
                        _markup.Leaf("span", SafeText.Shorten(reason.Step.Length > 0 ? $"{reason.Step}: {reason.Reason}" : reason.Reason, 320), ("dir", "auto"));
                    }
                }
            }

            if (rows.Count > 0)
            {
                Table.Write(_markup, "The first of them by rank", ["Row", "Rank#", "Chosen with", "Why the other does not hold it", "What it says"], rows.Select(r => (IReadOnlyList<string>)
                    [SafeText.Shorten(r.Id, 160), Figures.Row(r.Rank), SafeText.Shorten(r.In, 300), SafeText.Shorten(r.Out, 300), SafeText.Shorten(r.Text, 200)]));
            }
        });
    }
}
