using System.Globalization;
using System.Text;

namespace Sluice.Selection.Tagging;

/// <summary>The rules by which two ways of writing a tag are one: InsTag, arXiv 2308.07074, section 3.2, rule aggregation.</summary>
internal static class TagRules
{
    /// <summary>
    /// What equal tags have in common: lower case, everything but letters, marks and digits of any script replaced by a blank, each word stemmed. A tag of special
    /// characters alone is its own key. As published, <c>C</c>, <c>C++</c> and <c>C#</c> share one.
    /// </summary>
    public static string Key(string tag)
    {
        StringBuilder plain = new(tag.Length);
        foreach (Rune rune in tag.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                _ = plain.Append(Rune.ToLowerInvariant(rune));
            }
            else
            {
                _ = plain.Append(' ');
            }
        }

        string[] words = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? tag : string.Join(' ', words.Select(PorterStemmer.Stem));
    }

    /// <summary>A tag on one line: white space and control characters at its ends left out, runs of them inside made one blank.</summary>
    public static string Tidy(string tag)
    {
        bool tidy = true;
        for (int i = 0; i < tag.Length && tidy; i++)
        {
            bool blank = char.IsWhiteSpace(tag[i]) || char.IsControl(tag[i]);
            tidy = !blank || (tag[i] == ' ' && i > 0 && i < tag.Length - 1 && tag[i - 1] != ' ');
        }

        if (tidy)
        {
            return tag;
        }

        string spaced = string.Create(tag.Length, tag, static (span, text) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                span[i] = char.IsWhiteSpace(text[i]) || char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
        return string.Join(' ', spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
