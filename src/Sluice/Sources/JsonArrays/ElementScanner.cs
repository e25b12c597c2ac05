using System.Buffers;

namespace Sluice.Sources.JsonArrays;

/// <summary>
/// Finds where one JSON value ends, byte by byte and across buffers, by the grammar of brackets, strings, commas and colons. It knows enough to see
/// a missing quote or bracket close to where it is missing; what numbers and literals spell is left to the parser.
/// </summary>
internal sealed class ElementScanner
{
    // A raw line break cannot stand in a JSON string; to see it there means that a quote is missing.
    private static readonly SearchValues<byte> s_stringStops = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> s_scalar = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    // One bit a level, true for an object.
    private readonly List<bool> _levels = [];
    private Expected _expected;
    private bool _inString;
    private bool _escaped;
    private bool _inScalar;

    /// <summary>Whether white space other than blanks stands outside of strings.</summary>
    public bool HasBreaks { get; private set; }

    /// <summary>Whether a value of one word (a number, a literal) is open at top level, so that the end of the file would end it too.</summary>
    public bool IsOpenScalar => _inScalar && _levels.Count == 0;

    /// <summary>What may come next, in words.</summary>
    public string ExpectedText => _inString ? "the string's closing quote" : _expected switch
    {
        Expected.Name => "a field name in quotes",
        Expected.NameOrEnd => "a field name in quotes or '}'",
        Expected.Colon => "':'",
        Expected.CommaOrEnd => _levels.Count > 0 && _levels[^1] ? "',' or '}'" : "',' or ']'",
        _ => "a value",
    };

    /// <summary>Begins a new element.</summary>
    public void Reset()
    {
        _levels.Clear();
        _expected = Expected.Value;
        (_inString, _escaped, _inScalar, HasBreaks) = (false, false, false, false);
    }

    /// <summary>Scans on. <paramref name="used"/> bytes belong to the element; after <see cref="ScanState.Broken"/> the byte behind them is the offending one.</summary>
    public ScanState Scan(ReadOnlySpan<byte> bytes, out int used)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (_inString)
            {
                if (!ScanString(bytes, ref at))
                {
                    used = at;
                    return ScanState.Broken;
                }

                if (!_inString && _levels.Count == 0)
                {
                    used = at;
                    return ScanState.Done;
                }

                continue;
            }

            if (_inScalar)
            {
                int length = bytes[at..].IndexOfAnyExcept(s_scalar);
                at = length < 0 ? bytes.Length : at + length;
                if (length < 0)
                {
                    break;
                }

                _inScalar = false;
                if (_levels.Count == 0)
                {
                    used = at;
                    return ScanState.Done;
                }
            }

            byte next = SkipWhite(bytes, ref at);
            if (at == bytes.Length)
            {
                break;
            }

            if (!Accept(next))
            {
                used = at;
                return ScanState.Broken;
            }

            at++;
            if (_levels.Count == 0 && next is (byte)'}' or (byte)']')
            {
                used = at;
                return ScanState.Done;
            }
        }

        used = at;
        return ScanState.Open;
    }

    // The byte behind white space, or anything at the end of the bytes.
    private byte SkipWhite(ReadOnlySpan<byte> bytes, ref int at)
    {
        bool breaks = false;
        byte next = 0;
        int place = at;
        for (; place < bytes.Length; place++)
        {
            next = bytes[place];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                break;
            }

            breaks |= next != ' ';
        }

        HasBreaks |= breaks;
        at = place;
        return next;
    }

    // To the string's end or that of the bytes. Returns false at a raw line break.
    private bool ScanString(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length)
        {
            if (_escaped && bytes[at] != '\n')
            {
                _escaped = false;
                at++;
                continue;
            }

            int stop = bytes[at..].IndexOfAny(s_stringStops);
            if (stop < 0)
            {
                at = bytes.Length;
                return true;
            }

            at += stop + 1;
            switch (bytes[at - 1])
            {
                case (byte)'\n':
                    at--;
                    return false;
                case (byte)'"':
                    _inString = false;
                    return true;
                default:
                    _escaped = true;
                    break;
            }
        }

        return true;
    }

    private bool Accept(byte next)
    {
        switch (next)
        {
            case (byte)'"' when _expected is Expected.Name or Expected.NameOrEnd:
                _inString = true;
                _expected = Expected.Colon;
                return true;
            case (byte)':' when _expected == Expected.Colon:
                _expected = Expected.Value;
                return true;
            case (byte)',' when _expected == Expected.CommaOrEnd && _levels.Count > 0:
                _expected = _levels[^1] ? Expected.Name : Expected.Value;
                return true;
            case (byte)'}' when _levels.Count > 0 && _levels[^1] && _expected is Expected.CommaOrEnd or Expected.NameOrEnd or Expected.Name:
            case (byte)']' when _levels.Count > 0 && !_levels[^1] && _expected is Expected.CommaOrEnd or Expected.ValueOrEnd or Expected.Value:
                // A comma before the bracket is the parser's to refuse: the frame is sound.
                _levels.RemoveAt(_levels.Count - 1);
                _expected = Expected.CommaOrEnd;
                return true;
            default:
                return _expected is Expected.Value or Expected.ValueOrEnd && AcceptValue(next);
        }
    }

    private bool AcceptValue(byte next)
    {
        if (next is (byte)'{' or (byte)'[')
        {
            _levels.Add(next == '{');
            _expected = next == '{' ? Expected.NameOrEnd : Expected.ValueOrEnd;
            return true;
        }

        _inString = next == '"';
        _inScalar = s_scalar.Contains(next);
        if (!_inString && !_inScalar)
        {
            return false;
        }

        _expected = Expected.CommaOrEnd;
        return true;
    }
}
