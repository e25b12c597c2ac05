using System.Text;

namespace Sluice.Sinks.Report.Facts;

/// <summary>
/// Counts reasons by kind: those that differ only in their numbers are one kind, in which a number that is the same in all (a limit) stays and one that differs
/// (a row's own figure) becomes an ellipsis.
/// </summary>
internal sealed class ReasonKinds
{
    private const int MaxKinds = 500;
    private const char Place = '\u0001';

    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private long _others;

    /// <summary>Reasons counted.</summary>
    public long Total { get; private set; }

    /// <summary>Counts a reason.</summary>
    public void Add(string reason)
    {
        Total++;
        (string words, List<string> numbers) = Split(SafeText.Shorten(SafeText.Clean(reason), 300));
        if (_kinds.TryGetValue(words, out Kind? kind))
        {
            kind.Add(numbers);
        }
        else if (_kinds.Count < MaxKinds)
        {
            _kinds[words] = new Kind(numbers);
        }
        else
        {
            // Reasons that quote their row's text have no kinds to speak of; memory stays bounded.
            _others++;
        }
    }

    /// <summary>The most frequent kinds, most frequent first, and how many reasons are of others.</summary>
    public (IReadOnlyList<(string Reason, long Count)> Kinds, long Others) Most(int count)
    {
        List<(string Reason, long Count)> kinds = [.. _kinds.Select(k => (Reason: k.Value.Fill(k.Key), k.Value.Count))
            .OrderByDescending(k => k.Count).ThenBy(k => k.Reason, StringComparer.Ordinal)];
        return (kinds[..Math.Min(count, kinds.Count)], kinds.Skip(count).Sum(k => k.Count) + _others);
    }

    private static (string Words, List<string> Numbers) Split(string reason)
    {
        StringBuilder words = new(reason.Length);
        List<string> numbers = [];
        int i = 0;
        while (i < reason.Length)
        {
            int end = NumberEnd(reason, i);
            if (end > i)
            {
                numbers.Add(reason[i..end]);
                words.Append(Place);
                i = end;
            }
            else
            {
                words.Append(reason[i++]);
            }
        }

        return (words.ToString(), numbers);
    }

    // A number starts at a digit or a minus before one, not inside a word such as a model's name.
    private static int NumberEnd(string text, int start)
    {
        if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.'))
        {
            return start;
        }

        int i = text[start] == '-' ? start + 1 : start;
        if (i >= text.Length || !char.IsAsciiDigit(text[i]))
        {
            return start;
        }

        while (i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            || (text[i] is 'e' or 'E' && Exponent(text, i))
            || (text[i] is '-' or '+' && text[i - 1] is 'e' or 'E')))
        {
            i++;
        }

        return i < text.Length && (char.IsLetter(text[i]) || text[i] == '_') ? start : i;
    }

    private static bool Exponent(string text, int at)
    {
        int next = at + 1 < text.Length && text[at + 1] is '-' or '+' ? at + 2 : at + 1;
        return next < text.Length && char.IsAsciiDigit(text[next]);
    }

    private sealed class Kind(List<string> numbers)
    {
        private readonly bool[] _differs = new bool[numbers.Count];

        public long Count { get; private set; } = 1;

        public void Add(List<string> others)
        {
            Count++;
            for (int i = 0; i < numbers.Count; i++)
            {
                _differs[i] |= numbers[i] != others[i];
            }
        }

        public string Fill(string words)
        {
            StringBuilder filled = new();
            int number = 0;
            foreach (char c in words)
            {
                if (c == Place && number < numbers.Count)
                {
                    filled.Append(_differs[number] ? "…" : numbers[number]);
                    number++;
                }
                else
                {
                    filled.Append(c);
                }
            }

            return filled.ToString();
        }
    }
}
