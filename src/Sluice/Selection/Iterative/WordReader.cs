using System.Text;

namespace Sluice.Selection.Iterative;

/// <summary>
/// Cuts documents into words as scikit-learn's <c>TfidfVectorizer</c> does by default: lower case, runs of two word characters or more (<c>(?u)\b\w\w+\b</c>). Each word
/// gets a number, in the order of its first appearance.
/// </summary>
internal sealed class WordReader
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<int> _words = [];
    private char[] _word = new char[64];
    private int _length;
    private int _points;

    public WordReader() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Different words so far.</summary>
    public int Count => _numbers.Count;

    /// <summary>The number of a word in lower case; -1 when no document holds it.</summary>
    public int Find(string word) => _numbers.GetValueOrDefault(word, -1);

    /// <summary>The words of a document, in order. The list is reused by the next call.</summary>
    public List<int> Read(ReadOnlySpan<char> document)
    {
        _words.Clear();
        for (int i = 0; i < document.Length;)
        {
            if (WordClasses.TryPlain(document[i], out char lower))
            {
                Append(lower);
                i++;
            }
            else if (WordClasses.IsSpecial(document[i]))
            {
                Rune? rune = WordClasses.Lower(document, i, out int units, out bool endsWord);
                i += units;
                Append(rune);
                if (endsWord)
                {
                    End();
                }
            }
            else
            {
                End();
                i++;
            }
        }

        End();
        return _words;
    }

    private void Append(Rune? rune)
    {
        if (rune is not { } value)
        {
            End();
            return;
        }

        Span<char> units = stackalloc char[2];
        int count = value.EncodeToUtf16(units);
        Append(units[0]);
        if (count == 2)
        {
            Append(units[1]);
            _points--;
        }
    }

    private void Append(char unit)
    {
        if (_length == _word.Length)
        {
            Array.Resize(ref _word, _length * 2);
        }

        _word[_length++] = unit;
        _points++;
    }

    private void End()
    {
        if (_points >= 2)
        {
            ReadOnlySpan<char> word = _word.AsSpan(0, _length);
            if (!_lookup.TryGetValue(word, out int number))
            {
                number = _numbers.Count;
                _numbers.Add(word.ToString(), number);
            }

            _words.Add(number);
        }

        _length = 0;
        _points = 0;
    }
}
