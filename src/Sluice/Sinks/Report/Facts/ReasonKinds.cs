using System.Buffers;
using System.Text;

namespace Sluice.Sinks.Report.Facts;

/// <summary>
/// Counts reasons by kind: those that differ only in their numbers are one kind, in which a number that is the same in all (a limit) stays and one that differs
/// (a row's own figure) becomes an ellipsis.
/// </summary>
internal sealed class ReasonKinds
{
    private const int MaxKinds = 500;
    private const int MaxLength = 300;
    private const char Place = '\u0001';
    private static readonly SearchValues<char> s_starts = SearchValues.Create("-0123456789");

    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind>.AlternateLookup<ReadOnlySpan<char>> _byWords;
    private readonly char[] _words = new char[MaxLength];
    private readonly Range[] _numbers = new Range[MaxLength];
    private long _others;

    public ReasonKinds() => _byWords = _kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reasons counted.</summary>
    public long Total { get; private set; }

    /// <summary>Counts a reason.</summary>
    public void Add(string reason)
    {
        Total++;
        string text = SafeText.Shorten(SafeText.Clean(reason), MaxLength);
        (int length, int count) = Split(text);
        ReadOnlySpan<char> words = _words.AsSpan(0, length);
        ReadOnlySpan<Range> numbers = _numbers.AsSpan(0, count);
        if (_byWords.TryGetValue(words, out Kind? kind))
        {
            kind.Add(text, numbers);
        }
        else if (_kinds.Count < MaxKinds)
        {
            string[] first = new string[count];
            for (int i = 0; i < count; i++)
            {
                first[i] = text[numbers[i]];
            }

            _kinds[words.ToString()] = new Kind(first);
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

    // The words, with a place for each number, and where the numbers lie, into buffers that every reason uses again.
    private (int Words, int Numbers) Split(string reason)
    {
        int length = 0;
        int count = 0;
        int i = 0;
        while (i < reason.Length)
        {
            int next = reason.AsSpan(i).IndexOfAny(s_starts);
            int plain = next < 0 ? reason.Length - i : next;
            reason.AsSpan(i, plain).CopyTo(_words.AsSpan(length));
            length += plain;
            i += plain;
            if (i < reason.Length)
            {
                int end = NumberEnd(reason, i);
                if (end > i)
                {
                    _numbers[count++] = i..end;
                    _words[length++] = Place;
                    i = end;
                }
                else
                {
                    _words[length++] = reason[i++];
                }
            }
        }

        return (length, count);
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

    private sealed class Kind(string[] numbers)
    {
        private readonly bool[] _differs = new bool[numbers.Length];

        public long Count { get; private set; } = 1;

        public void Add(string text, ReadOnlySpan<Range> others)
        {
            Count++;
            for (int i = 0; i < numbers.Length; i++)
            {
                _differs[i] = _differs[i] || !numbers[i].AsSpan().SequenceEqual(text.AsSpan(others[i]));
            }
        }

        public string Fill(string words)
        {
            StringBuilder filled = new();
            int number = 0;
            foreach (char c in words)
            {
                if (c == Place && number < numbers.Length)
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
