namespace Sluice.Sinks.Report;

/// <summary>What all pages have in common: a head that lets nothing in from outside, cards with figures, chapters.</summary>
internal static class PageParts
{
    /// <summary>The head of a page.</summary>
    public static void Head(Markup markup, string title, string css)
    {
        using (markup.Element("head"))
        {
            Meta(markup, ("charset", "utf-8"));
            Meta(markup, ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));

            // The page shows text from anywhere: should a script ever slip through, the browser refuses it.
            Meta(markup, ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"));
            Meta(markup, ("name", "color-scheme"), ("content", "light dark"));
            markup.Leaf("title", title);
            markup.Style(css);
        }
    }

    /// <summary>A figure with its name and a few words.</summary>
    public static void Card(Markup markup, string name, string value, string words)
    {
        using (markup.Element("div"))
        {
            markup.Leaf("dt", name);
            using (markup.Element("dd"))
            {
                markup.Leaf("b", value);
                markup.Text(" ");
                markup.Leaf("small", words);
            }
        }
    }

    /// <summary>A chapter with its heading.</summary>
    public static void Section(Markup markup, string id, string title, Action write)
    {
        using (markup.Element("section", ("id", id), ("aria-labelledby", id + "-title")))
        {
            markup.Leaf("h2", title, ("id", id + "-title"));
            write();
        }
    }

    private static void Meta(Markup markup, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (markup.Element("meta", attributes))
        {
        }
    }
}
