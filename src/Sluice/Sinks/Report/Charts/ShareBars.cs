namespace Sluice.Sinks.Report.Charts;

/// <summary>Shares before and after as pairs of bars under each other, all on one scale.</summary>
internal static class ShareBars
{
    /// <summary>Writes the list.</summary>
    public static void Write(Markup markup, IEnumerable<ShareBar> bars)
    {
        ShareBar[] all = [.. bars];
        double widest = all.Length == 0 ? 1 : Math.Max(1e-9, all.Max(b => Math.Max(b.Before, b.After)));
        using (markup.Element("ol", ("class", "mix")))
        {
            foreach (ShareBar bar in all)
            {
                string words = $"{Figures.Percent(bar.Before)} → {Figures.Percent(bar.After)}";
                string name = SafeText.Shorten(bar.Name, 80);
                using (markup.Element("li"))
                {
                    markup.Leaf("span", name, ("class", "name"), ("dir", "auto"));
                    Bars.Write(markup, $"{name}: {bar.Label}, {words}", 9, ("before", 0, bar.Before / widest, 0), ("kept", 0, bar.After / widest, 1));
                    using (markup.Element("span", ("class", "amount")))
                    {
                        markup.Text($"{words} ");
                        markup.Leaf("small", $"{Figures.Points(bar.After - bar.Before)} · {bar.Note}");
                    }
                }
            }
        }
    }
}
