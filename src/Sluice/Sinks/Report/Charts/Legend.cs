namespace Sluice.Sinks.Report.Charts;

/// <summary>Says what the colours of a chart stand for.</summary>
internal static class Legend
{
    /// <summary>Writes a list of colour and words; the colour is the name of a style.</summary>
    public static void Write(Markup markup, params ReadOnlySpan<(string Style, string Words)> entries)
    {
        using (markup.Element("ul", ("class", "legend")))
        {
            foreach ((string style, string words) in entries)
            {
                using (markup.Element("li"))
                {
                    using (markup.Element("svg", ("class", "key"), ("viewBox", "0 0 12 12"), ("aria-hidden", "true")))
                    {
                        using (markup.Element("rect", ("class", style), ("width", "12"), ("height", "12"), ("rx", "2")))
                        {
                        }
                    }

                    markup.Text(words);
                }
            }
        }
    }
}
