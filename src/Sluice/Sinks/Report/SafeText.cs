using System.Buffers;
using System.Text;

namespace Sluice.Sinks.Report;

/// <summary>Makes text from data fit for a page: no characters that XML forbids, no half surrogates, no more than a given length.</summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';
    private static readonly SearchValues<char> s_doubtful = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(IsForbidden)]);

    /// <summary>Replaces what a page may not hold: control characters, half surrogates, non-characters.</summary>
    public static string Clean(string text)
    {
        // Nearly all text is plain, and a report looks at a reason of every dropped row.
        int first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        int doubtful = first < 0 ? -1 : text.AsSpan(first).IndexOfAny(s_doubtful);
        for (int i = doubtful < 0 ? text.Length : first + doubtful; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (IsForbidden(text[i]))
            {
                return Replace(text);
            }
        }

        return text;
    }

    /// <summary>At most <paramref name="length"/> characters, with an ellipsis where something was cut; never half a character.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static string Replace(string text)
    {
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append(IsForbidden(text[i]) ? Replacement : text[i]);
            }
        }

        return clean.ToString();
    }

    private static bool IsForbidden(char c) => (c < ' ' && c is not ('\t' or '\n' or '\r')) || c is (>= '\u007F' and <= '\u009F') or '\uFFFE' or '\uFFFF' || char.IsSurrogate(c);
}
