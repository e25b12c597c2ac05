using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sluice.Parsing.Json;

/// <summary>
/// Reads one JSON value token by token, as strictly as <see cref="Utf8JsonReader"/> does and with the same tokens at the same places, several times as fast. Where the value is not
/// sound it stops and says only that (<see cref="IsBroken"/>): it never throws, and <see cref="MalformedRow"/> finds the words. Whether the bytes are UTF-8 is not looked at.
/// </summary>
internal ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _row;
    private readonly int _maxDepth;
    private int _at;
    private int _start;
    private int _valueStart;
    private int _valueEnd;
    private int _nameStart;
    private int _nameEnd;
    private int _depth;
    private Levels _levels;

    /// <summary>Begins before the value.</summary>
    /// <param name="row">The value, white space around it or not.</param>
    /// <param name="maxDepth">Brackets open at once at most, 1000 or fewer.</param>
    public JsonCursor(ReadOnlySpan<byte> row, int maxDepth)
    {
        _row = row;
        _maxDepth = maxDepth;
    }

    /// <summary>Kind of token; <see cref="JsonTokenType.None"/> before the first, and where the value is not sound.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>Whether the value turned out not to be sound; <see cref="Read"/> gives nothing any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the name or string holds backslashes; of no meaning at other tokens.</summary>
    public bool ValueIsEscaped { get; private set; }

    /// <summary>Bytes of the token; of a name or string those between the quotes, as they are spelt.</summary>
    public readonly ReadOnlySpan<byte> ValueSpan => _row[_valueStart.._valueEnd];

    /// <summary>Number of bytes of the token, without quotes.</summary>
    public readonly int ValueLength => _valueEnd - _valueStart;

    /// <summary>The name that <see cref="ReadMember"/> went over, as it is spelt.</summary>
    public readonly ReadOnlySpan<byte> NameSpan => _row[_nameStart.._nameEnd];

    /// <summary>Whether that name holds backslashes.</summary>
    public bool NameIsEscaped { get; private set; }

    /// <summary>Offset of the token's first byte, of a name or string that of the quote.</summary>
    public readonly int TokenStartIndex => _start;

    /// <summary>Bytes read so far; after a name, with the colon behind it. Of a broken value those up to the last sound token.</summary>
    public readonly int BytesConsumed => _at;

    /// <summary>Goes to the next token. Returns false at the end of the value, and when it is not sound.</summary>
    public bool Read()
    {
        int at = SkipWhite(_at);
        if (at == _row.Length)
        {
            return _depth == 0 && TokenType != JsonTokenType.None ? End(at) : Break();
        }

        byte next = _row[at];
        switch (TokenType)
        {
            case JsonTokenType.PropertyName:
                return ReadValue(at, next);
            case JsonTokenType.StartObject:
                return next == '"' ? ReadName(at) : next == '}' ? Close(at, JsonTokenType.EndObject) : Break();
            case JsonTokenType.StartArray:
                return next == ']' ? Close(at, JsonTokenType.EndArray) : ReadValue(at, next);
            case JsonTokenType.None:
                return IsBroken ? Break() : ReadValue(at, next);
            default:
                return _depth > 0 ? ReadOn(at, next) : Break();
        }
    }

    /// <summary>
    /// Inside of an object, at its bracket or behind a value, goes over the next name to its value, as two calls of <see cref="Read"/> do. Returns false at the end of the object, at
    /// whose bracket it then stands, and where the row is not sound.
    /// </summary>
    public bool ReadMember()
    {
        ReadOnlySpan<byte> row = _row;
        int at = SkipWhite(_at);
        if (at == row.Length || IsBroken)
        {
            return Break();
        }

        if (row[at] == '}')
        {
            Close(at, JsonTokenType.EndObject);
            return false;
        }

        if (TokenType != JsonTokenType.StartObject)
        {
            at = row[at] == ',' ? SkipWhite(at + 1) : row.Length;
        }

        if ((uint)at >= (uint)row.Length || row[at] != '"')
        {
            return Break();
        }

        int quote = StringScan.End(row, at + 1, out bool isEscaped);
        int colon = quote < 0 ? row.Length : SkipWhite(quote + 1);
        if ((uint)colon >= (uint)row.Length || row[colon] != ':')
        {
            return Break();
        }

        (_nameStart, _nameEnd, NameIsEscaped) = (at + 1, quote, isEscaped);
        _at = colon + 1;
        at = SkipWhite(colon + 1);
        return at == row.Length ? Break() : ReadValue(at, row[at]);
    }

    /// <summary>Decodes the name or string at which the cursor stands. Returns the number of bytes; -1 when an escaped surrogate stands alone in it.</summary>
    /// <param name="to">Takes the text as UTF-8; must have room for as many bytes as the value has, and <see cref="StringDecoding.Slack"/>.</param>
    public readonly int Decode(Span<byte> to) => StringDecoding.Decode(ValueSpan, to);

    /// <summary>Goes to the end of the object or list at whose opening bracket the cursor stands, or of the value behind a name; stays at any other token.</summary>
    public void Skip()
    {
        if (TokenType == JsonTokenType.PropertyName)
        {
            Read();
        }

        if (TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            for (int depth = _depth; _depth >= depth && Read();)
            {
            }
        }
    }

    /// <summary>Finds where the value ends at which the cursor stands, without going there. Returns false when that is not sound, which is noted.</summary>
    public bool TryFindEnd(out int end)
    {
        JsonCursor ahead = this;
        ahead.Skip();
        end = ahead._at;
        return !ahead.IsBroken || Break();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SkipWhite(int at)
    {
        ReadOnlySpan<byte> row = _row;
        if ((uint)at < (uint)row.Length && row[at] > ' ')
        {
            return at;
        }

        // Most writers put one blank behind a comma or colon.
        return (uint)(at + 1) < (uint)row.Length && row[at] == ' ' && row[at + 1] > ' ' ? at + 1 : SkipBlanks(at);
    }

    private readonly int SkipBlanks(int at)
    {
        ReadOnlySpan<byte> row = _row;
        while ((uint)at < (uint)row.Length && row[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    // Behind a value inside of brackets.
    private bool ReadOn(int at, byte next)
    {
        bool isObject = _levels.IsObject(_depth);
        if (next != ',')
        {
            return next == (isObject ? '}' : ']') ? Close(at, isObject ? JsonTokenType.EndObject : JsonTokenType.EndArray) : Break();
        }

        at = SkipWhite(at + 1);
        if (at == _row.Length)
        {
            return Break();
        }

        next = _row[at];
        return !isObject ? ReadValue(at, next) : next == '"' ? ReadName(at) : Break();
    }

    private bool ReadName(int at)
    {
        int quote = StringScan.End(_row, at + 1, out bool isEscaped);
        ValueIsEscaped = isEscaped;
        if (quote < 0)
        {
            return Break();
        }

        int colon = SkipWhite(quote + 1);
        return colon < _row.Length && _row[colon] == ':' ? Take(JsonTokenType.PropertyName, at, at + 1, quote, colon + 1) : Break();
    }

    private bool ReadValue(int at, byte next)
    {
        if (next == '"')
        {
            int quote = StringScan.End(_row, at + 1, out bool isEscaped);
            ValueIsEscaped = isEscaped;
            return quote < 0 ? Break() : Take(JsonTokenType.String, at, at + 1, quote, quote + 1);
        }

        switch (next)
        {
            case (byte)'{':
                return Open(at, JsonTokenType.StartObject);
            case (byte)'[':
                return Open(at, JsonTokenType.StartArray);
            case (byte)'t':
                return ReadWord(at, "true"u8, JsonTokenType.True);
            case (byte)'f':
                return ReadWord(at, "false"u8, JsonTokenType.False);
            case (byte)'n':
                return ReadWord(at, "null"u8, JsonTokenType.Null);
            default:
                return next == '-' || char.IsAsciiDigit((char)next) ? ReadNumber(at) : Break();
        }
    }

    // What follows the word is the next token's matter.
    private bool ReadWord(int at, ReadOnlySpan<byte> word, JsonTokenType token) =>
        _row[at..].StartsWith(word) ? Take(token, at, at, at + word.Length, at + word.Length) : Break();

    private bool ReadNumber(int at)
    {
        int end = NumberScan.End(_row, at);
        return end < 0 || (end == _row.Length && _depth > 0) ? Break() : Take(JsonTokenType.Number, at, at, end, end);
    }

    private bool Open(int at, JsonTokenType token)
    {
        if (_depth >= _maxDepth)
        {
            return Break();
        }

        _levels.Set(++_depth, token == JsonTokenType.StartObject);
        return Take(token, at, at, at + 1, at + 1);
    }

    private bool Close(int at, JsonTokenType token)
    {
        _depth--;
        return Take(token, at, at, at + 1, at + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(JsonTokenType token, int start, int valueStart, int valueEnd, int end)
    {
        TokenType = token;
        _start = start;
        _valueStart = valueStart;
        _valueEnd = valueEnd;
        _at = end;
        return true;
    }

    private bool End(int at)
    {
        _at = at;
        return false;
    }

    private bool Break()
    {
        IsBroken = true;
        TokenType = JsonTokenType.None;
        return false;
    }
}
