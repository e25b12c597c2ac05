using System.Text;

namespace Sluice.Runs.Study;

/// <summary>Names of files for categories: <c>Open Knowledge Q&amp;A</c> becomes <c>open-knowledge-q-a</c>.</summary>
internal static class StudySlugs
{
    private const int MaxLength = 60;

    /// <summary>A name each: letters and digits of any script in lower case, everything else a hyphen. A name taken already gets a number behind it, so the order of the categories matters.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> categories)
    {
        Dictionary<string, string> slugs = new(StringComparer.Ordinal);
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (string category in categories)
        {
            string slug = Slug(category);
            string name = slug;
            for (int number = 2; !taken.Add(name); number++)
            {
                name = $"{slug}-{number}";
            }

            slugs[category] = name;
        }

        return slugs;
    }

    private static string Slug(string category)
    {
        StringBuilder slug = new();
        foreach (Rune rune in category.ToLowerInvariant().EnumerateRunes())
        {
            if (slug.Length >= MaxLength)
            {
                break;
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                slug.Append(rune);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        string text = slug.ToString().TrimEnd('-');
        return text.Length > 0 ? text : "category";
    }
}
