using System.Text;
using System.Text.Unicode;

namespace Sluice.Parsing;

/// <summary>
/// Turns the inside of a JSON string into characters in one pass. The row has been validated before: its UTF-8 by the parser, its escapes by
/// the reader; only surrogates that stand alone can still be wrong.
/// </summary>
internal static class TextDecoding
{
    // A text longer than this is counted first, so that its array is not up to three times as long as needed.
    private const int CountFrom = 8192;

    /// <summary>Decodes into a slice of the arena. Returns false when an escaped surrogate stands alone.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, bool isEscaped, TextArena arena, out ReadOnlyMemory<char> decoded)
    {
        int room = MaxLength(text);
        Memory<char> slice = arena.Rent(room);
        int length = Decode(text, isEscaped, slice.Span);
        arena.Return(room - Math.Max(length, 0));
        decoded = slice[..Math.Max(length, 0)];
        return length >= 0;
    }

    /// <summary>Characters that suffice for a text.</summary>
    public static int MaxLength(ReadOnlySpan<byte> text) => text.Length <= CountFrom ? text.Length : Encoding.UTF8.GetCharCount(text);

    /// <summary>Decodes into <paramref name="to"/>. Returns the number of characters, or -1 when an escaped surrogate stands alone.</summary>
    public static int Decode(ReadOnlySpan<byte> text, bool isEscaped, Span<char> to)
    {
        if (!isEscaped)
        {
            return Transcode(text, to);
        }

        int written = 0;
        while (true)
        {
            int slash = text.IndexOf((byte)'\\');
            if (slash < 0)
            {
                return written + Transcode(text, to[written..]);
            }

            written += Transcode(text[..slash], to[written..]);
            byte kind = text[slash + 1];
            text = text[(slash + 2)..];
            if (kind != 'u')
            {
                to[written++] = Escaped(kind);
            }
            else if (!TryDecodeUnicode(ref text, to, ref written))
            {
                return -1;
            }
        }
    }

    private static int Transcode(ReadOnlySpan<byte> text, Span<char> to)
    {
        Utf8.ToUtf16(text, to, out _, out int written);
        return written;
    }

    private static char Escaped(byte kind) => kind switch
    {
        (byte)'n' => '\n',
        (byte)'t' => '\t',
        (byte)'r' => '\r',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)kind,
    };

    private static bool TryDecodeUnicode(ref ReadOnlySpan<byte> text, Span<char> to, ref int written)
    {
        char first = Hex(text);
        text = text[4..];
        to[written++] = first;
        if (!char.IsSurrogate(first))
        {
            return true;
        }

        if (!char.IsHighSurrogate(first) || text.Length < 6 || text[0] != '\\' || text[1] != 'u')
        {
            return false;
        }

        char second = Hex(text[2..]);
        text = text[6..];
        to[written++] = second;
        return char.IsLowSurrogate(second);
    }

    private static char Hex(ReadOnlySpan<byte> digits) =>
        (char)((Digit(digits[0]) << 12) | (Digit(digits[1]) << 8) | (Digit(digits[2]) << 4) | Digit(digits[3]));

    // '0'..'9' end in 0..9; 'A'..'F' and 'a'..'f' end in 1..6 and have bit 6 set.
    private static int Digit(byte digit) => (digit & 0xF) + (9 * (digit >> 6));
}
