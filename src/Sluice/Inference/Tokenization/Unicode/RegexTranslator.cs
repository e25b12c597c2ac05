using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>
/// Writes a pattern of the reference's engine (Oniguruma, Ruby syntax, Unicode) for the framework's. What might mean something else is refused.
/// </summary>
internal ref struct RegexTranslator
{
    // There \w is Alphabetic, marks, decimal digits and connectors, and below U+0100 what Latin-1 tables call a word: superscripts and fractions too.
    private const string WordClass = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9\u00B2\u00B3\u00B9\u00BC-\u00BE";
    private static readonly SearchValues<char> s_bounds = SearchValues.Create("0123456789,");
    private static readonly string[] s_folding = ["ss", "st", "ff", "fi", "fl"];
    private readonly ReadOnlySpan<char> _pattern;
    private readonly StringBuilder _output = new();
    private readonly Stack<(int Start, bool IgnoresCase)> _groups = new();
    private int _at;
    private int _atom;
    private bool _ignoresCase;

    private RegexTranslator(ReadOnlySpan<char> pattern) => _pattern = pattern;

    /// <summary>The same pattern in the framework's syntax.</summary>
    /// <exception cref="NotSupportedException">The pattern uses syntax that is not known to mean the same.</exception>
    public static string Translate(string pattern)
    {
        if (pattern.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            throw Refuse(pattern, "a code point past U+FFFF");
        }

        bool folds = pattern.Contains("(?i", StringComparison.Ordinal);
        if (folds && Array.Exists(s_folding, pair => pattern.Contains(pair, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refuse(pattern, "letters that fold together");
        }

        RegexTranslator translator = new(pattern);
        translator.Run();
        return translator._output.ToString();
    }

    /// <summary>A character of the Basic Multilingual Plane of the same class as a code point past it.</summary>
    public static char StandIn(int code) => CharUnicodeInfo.GetUnicodeCategory(code) switch
    {
        UnicodeCategory.UppercaseLetter => '\uA640',
        UnicodeCategory.LowercaseLetter => '\uA641',
        UnicodeCategory.TitlecaseLetter => '\u1F88',
        UnicodeCategory.ModifierLetter => '\uA60C',
        UnicodeCategory.OtherLetter => '\uA500',
        UnicodeCategory.NonSpacingMark => '\uA66F',
        UnicodeCategory.SpacingCombiningMark => '\uA823',
        UnicodeCategory.EnclosingMark => '\uA670',
        UnicodeCategory.DecimalDigitNumber => '\uA620',
        UnicodeCategory.LetterNumber => '\uA6E6',
        UnicodeCategory.OtherNumber => '\uA830',
        UnicodeCategory.DashPunctuation => '\u2E3A',
        UnicodeCategory.OpenPunctuation => '\u2E28',
        UnicodeCategory.ClosePunctuation => '\u2E29',
        UnicodeCategory.InitialQuotePunctuation => '\u2E20',
        UnicodeCategory.FinalQuotePunctuation => '\u2E21',
        UnicodeCategory.OtherPunctuation => '\uA60D',
        UnicodeCategory.ConnectorPunctuation => '\uFE4D',
        UnicodeCategory.MathSymbol => '\u29C0',
        UnicodeCategory.CurrencySymbol => '\uA838',
        UnicodeCategory.ModifierSymbol => '\uA700',
        UnicodeCategory.OtherSymbol => CodePoints.IsWord(code) ? '\u24B6' : '\uA490',
        UnicodeCategory.Format => '\u206A',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\uFFFF',
    };

    private static NotSupportedException Refuse(ReadOnlySpan<char> pattern, string what) =>
        new($"has the pattern '{pattern}' with {what}, which is not supported");

    private void Run()
    {
        while (_at < _pattern.Length)
        {
            char c = _pattern[_at];
            switch (c)
            {
                case '(':
                    Open();
                    break;
                case ')':
                    Close();
                    break;
                case '|':
                    Copy(1);
                    break;
                case '*' or '+' or '?' or '{':
                    Quantify();
                    break;
                case '[':
                    _atom = _output.Length;
                    Class();
                    break;
                case '^' or '$':
                    throw Refuse(_pattern, "an anchor");
                case '\\':
                    _atom = _output.Length;
                    Escape(inClass: false);
                    break;
                default:
                    _atom = _output.Length;
                    // The framework does not fold the long s.
                    _output.Append(_ignoresCase && c is 's' or 'S' ? "[sS\u017F]" : c.ToString());
                    _at++;
                    break;
            }
        }
    }

    private void Open()
    {
        _groups.Push((_output.Length, _ignoresCase));
        ReadOnlySpan<char> rest = _pattern[_at..];
        foreach (string head in (ReadOnlySpan<string>)["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:"])
        {
            if (rest.StartsWith(head))
            {
                _ignoresCase |= head == "(?i:";
                Copy(head.Length);
                return;
            }
        }

        if (rest.StartsWith("(?"))
        {
            throw Refuse(_pattern, "a group option");
        }

        _output.Append("(?:");
        _at++;
    }

    private void Close()
    {
        if (!_groups.TryPop(out (int Start, bool IgnoresCase) group))
        {
            throw Refuse(_pattern, "a stray bracket");
        }

        _atom = group.Start;
        _ignoresCase = group.IgnoresCase;
        Copy(1);
    }

    private void Quantify()
    {
        int start = _at;
        if (_pattern[_at] == '{')
        {
            int end = _pattern[_at..].IndexOf('}');
            ReadOnlySpan<char> bounds = end < 0 ? default : _pattern.Slice(_at + 1, end - 1);
            if (bounds.IsEmpty || bounds.ContainsAnyExcept(s_bounds) || !char.IsAsciiDigit(bounds[0]))
            {
                throw Refuse(_pattern, "a brace that is no quantifier");
            }

            Copy(end + 1);
        }
        else
        {
            Copy(1);
        }

        char next = _at < _pattern.Length ? _pattern[_at] : '\0';
        if (next == '?')
        {
            Copy(1);
        }
        else if (next == '+' && _pattern[start] != '{')
        {
            _output.Insert(_atom, "(?>").Append(')');
            _at++;
        }
    }

    private void Class()
    {
        if (_ignoresCase)
        {
            throw Refuse(_pattern, "a class that ignores case");
        }

        Copy(_pattern[_at..].StartsWith("[^") ? 2 : 1);
        while (_at < _pattern.Length && _pattern[_at] != ']')
        {
            if (_pattern[_at] == '[' || _pattern[_at..].StartsWith("&&"))
            {
                throw Refuse(_pattern, "a class inside a class");
            }

            if (_pattern[_at] == '\\')
            {
                Escape(inClass: true);
            }
            else
            {
                Copy(1);
            }
        }

        if (_at == _pattern.Length)
        {
            throw Refuse(_pattern, "a class that does not end");
        }

        Copy(1);
    }

    private void Escape(bool inClass)
    {
        char c = _at + 1 < _pattern.Length ? _pattern[_at + 1] : '\0';
        switch (c)
        {
            case 'p' or 'P':
                int end = _pattern[_at..].IndexOf('}');
                ReadOnlySpan<char> name = end < 0 ? default : _pattern.Slice(_at + 3, end - 3);
                if (name.Length is not (1 or 2))
                {
                    throw Refuse(_pattern, "a property that is no general category");
                }

                Copy(end + 1);
                break;
            case 'w' when inClass:
                _output.Append(WordClass);
                _at += 2;
                break;
            case 'w' or 'W' when !inClass:
                _output.Append(c == 'w' ? "[" : "[^").Append(WordClass).Append(']');
                _at += 2;
                break;
            case 's' or 'S' or 'd' or 'D' or 'r' or 'n' or 't' or 'f':
                Copy(2);
                break;
            case 'u' when _at + 6 <= _pattern.Length:
                Copy(6);
                break;
            default:
                if (c == '\0' || char.IsAsciiLetterOrDigit(c))
                {
                    throw Refuse(_pattern, $"the escape '\\{c}'");
                }

                Copy(2);
                break;
        }
    }

    private void Copy(int count)
    {
        _output.Append(_pattern.Slice(_at, count));
        _at += count;
    }
}
