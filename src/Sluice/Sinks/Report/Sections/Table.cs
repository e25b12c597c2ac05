namespace Sluice.Sinks.Report.Sections;

/// <summary>Tables that scroll sideways on their own where the screen is narrow.</summary>
internal static class Table
{
    /// <summary>Writes a table.</summary>
    /// <param name="markup">Where.</param>
    /// <param name="caption">What it holds.</param>
    /// <param name="columns">Headings; one that ends in <c>#</c> is of numbers, and set to the right.</param>
    /// <param name="rows">Cells, a row each; the first cell names the row.</param>
    public static void Write(Markup markup, string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        using (markup.Element("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)))
        using (markup.Element("table"))
        {
            markup.Leaf("caption", caption);
            using (markup.Element("thead"))
            using (markup.Element("tr"))
            {
                foreach (string column in columns)
                {
                    markup.Leaf("th", column.TrimEnd('#'), ("scope", "col"), ("class", Style(column)));
                }
            }

            using (markup.Element("tbody"))
            {
                foreach (IReadOnlyList<string> row in rows)
                {
                    using (markup.Element("tr"))
                    {
                        markup.Leaf("th", row[0], ("scope", "row"), ("dir", "auto"));
                        for (int i = 1; i < row.Count; i++)
                        {
                            markup.Leaf("td", row[i], ("class", Style(columns[i])));
                        }
                    }
                }
            }
        }
    }

    private static string? Style(string column) => column.EndsWith('#') ? "number" : null;
}
