namespace Sluice.Inference.Tokenization;

/// <summary>A growing run of characters that is used again and again.</summary>
internal sealed class CharBuffer
{
    private char[] _chars = new char[256];

    /// <summary>Number of characters held.</summary>
    public int Length { get; private set; }

    /// <summary>The characters held; valid until the next append.</summary>
    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    /// <summary>Forgets all, keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends one UTF-16 unit.</summary>
    public void Append(char c)
    {
        if (Length == _chars.Length)
        {
            Grow(1);
        }

        _chars[Length++] = c;
    }

    /// <summary>Appends characters.</summary>
    public void Append(ReadOnlySpan<char> chars)
    {
        chars.CopyTo(Reserve(chars.Length));
        Length += chars.Length;
    }

    /// <summary>Appends a code point.</summary>
    public void AppendCode(int code)
    {
        if (code < 0x10000)
        {
            Append((char)code);
        }
        else
        {
            Append((char)(0xD7C0 + (code >> 10)));
            Append((char)(0xDC00 | (code & 0x3FF)));
        }
    }

    /// <summary>Room for <paramref name="count"/> more characters, to be counted by <see cref="Advance"/>.</summary>
    public Span<char> Reserve(int count)
    {
        if (_chars.Length - Length < count)
        {
            Grow(count);
        }

        return _chars.AsSpan(Length, count);
    }

    /// <summary>Counts characters written into the reserved room.</summary>
    public void Advance(int count) => Length += count;

    private void Grow(int count) => Array.Resize(ref _chars, Math.Max(_chars.Length * 2, Length + count));
}
