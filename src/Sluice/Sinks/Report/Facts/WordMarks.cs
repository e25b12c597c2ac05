namespace Sluice.Sinks.Report.Facts;

/// <summary>Marks the words of a text that another text lacks, so that the eye finds the difference of two near-duplicates.</summary>
internal static class WordMarks
{
    private const int Lead = 60;

    /// <summary>Cuts an excerpt that shows the first difference, and splits it into runs of marked and unmarked words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="other">The one to compare with.</param>
    /// <param name="length">Characters at most.</param>
    public static IReadOnlyList<(string Text, bool IsMarked)> Excerpt(string text, string other, int length)
    {
        HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
        foreach ((int start, int end) in Words(other))
        {
            known.Add(other[start..end]);
        }

        List<(int Start, int End)> words = [.. Words(text)];
        int first = words.FindIndex(w => !known.Contains(text[w.Start..w.End]));
        int begin = first < 0 || words[first].End <= length ? 0 : Begin(words, first);
        int stop = Math.Min(text.Length, begin + length);
        stop = stop < text.Length && char.IsLowSurrogate(text[stop]) ? stop - 1 : stop;
        List<(string Text, bool IsMarked)> runs = [];
        int at = begin;
        foreach ((int start, int end) in words.Where(w => w.Start >= begin && w.Start < stop))
        {
            if (!known.Contains(text[start..end]))
            {
                Add(at, start, false);
                at = Math.Min(end, stop);
                Add(start, at, true);
            }
        }

        Add(at, stop, false);
        if (begin > 0)
        {
            runs.Insert(0, ("… ", false));
        }

        if (stop < text.Length)
        {
            runs.Add((" …", false));
        }

        return runs;

        void Add(int from, int to, bool isMarked)
        {
            if (to > from)
            {
                runs.Add((text[from..to], isMarked));
            }
        }
    }

    private static int Begin(List<(int Start, int End)> words, int first)
    {
        int word = first;
        while (word > 0 && words[first].Start - words[word - 1].Start < Lead)
        {
            word--;
        }

        return words[word].Start;
    }

    private static IEnumerable<(int Start, int End)> Words(string text)
    {
        int i = 0;
        while (i < text.Length)
        {
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            int start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i > start)
            {
                yield return (start, i);
            }
        }
    }
}
