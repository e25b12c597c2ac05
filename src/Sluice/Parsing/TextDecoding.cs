using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sluice.Parsing.Json;

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
    public static bool TryDecode(ReadOnlySpan<byte> text, TextArena arena, out ReadOnlyMemory<char> decoded)
    {
        int room = MaxLength(text);
        Memory<char> slice = arena.Rent(room);
        int length = Decode(text, slice.Span);
        arena.Return(room - Math.Max(length, 0));
        decoded = slice[..Math.Max(length, 0)];
        return length >= 0;
    }

    /// <summary>Characters that suffice for a text.</summary>
    public static int MaxLength(ReadOnlySpan<byte> text) => text.Length <= CountFrom ? text.Length : Encoding.UTF8.GetCharCount(text);

    /// <summary>Copies JSON as it stands, escapes and all, into a slice of the arena.</summary>
    public static ReadOnlyMemory<char> Copy(ReadOnlySpan<byte> json, TextArena arena)
    {
        int room = MaxLength(json);
        Memory<char> slice = arena.Rent(room);
        int length = Encoding.UTF8.GetChars(json, slice.Span);
        arena.Return(room - length);
        return slice[..length];
    }

    /// <summary>Decodes into <paramref name="to"/>. Returns the number of characters, or -1 when an escaped surrogate stands alone.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<char> to)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref ushort target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(to));
        int at = 0, written = 0;
        while (at < text.Length)
        {
            // All of what is looked at is written, and what turns out not to be plain is written over.
            int plain;
            int room = Math.Min(text.Length - at, to.Length - written);
            if (room >= Lanes.Width)
            {
                plain = BitOperations.TrailingZeroCount(Lanes.Widen(ref Unsafe.Add(ref first, at), ref Unsafe.Add(ref target, written)));
                if (plain == Lanes.Width)
                {
                    at += Lanes.Width;
                    written += Lanes.Width;
                    continue;
                }
            }
            else if (room >= 16)
            {
                plain = BitOperations.TrailingZeroCount(Lanes.Widen16(ref Unsafe.Add(ref first, at), ref Unsafe.Add(ref target, written)) | (1U << 16));
            }
            else
            {
                plain = CopyPlain(text[at..], to[written..]);
            }

            at += plain;
            written += plain;
            if (at < text.Length && !TryDecodeOther(text, ref at, to, ref written))
            {
                return -1;
            }
        }

        return written;
    }

    private static int CopyPlain(ReadOnlySpan<byte> text, Span<char> to)
    {
        int at = 0;
        while (at < text.Length && at < to.Length && text[at] is < 0x80 and not (byte)'\\')
        {
            to[at] = (char)text[at];
            at++;
        }

        return at;
    }

    // What begins with a backslash or outside of ASCII; nothing when the text goes on plainly.
    private static bool TryDecodeOther(ReadOnlySpan<byte> text, ref int at, Span<char> to, ref int written)
    {
        if (text[at] >= 0x80)
        {
            written += Transcoding.Decode(text, ref at, to[written..]);
            return true;
        }

        if (text[at] != '\\')
        {
            return true;
        }

        byte kind = text[at + 1];
        if (kind == 'u')
        {
            return TryDecodeUnicode(text, ref at, to, ref written);
        }

        to[written++] = Escaped(kind);
        at += 2;
        return true;
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

    private static bool TryDecodeUnicode(ReadOnlySpan<byte> text, ref int at, Span<char> to, ref int written)
    {
        char first = Hex(text[(at + 2)..]);
        at += 6;
        to[written++] = first;
        if (!char.IsSurrogate(first))
        {
            return true;
        }

        if (!char.IsHighSurrogate(first) || text.Length - at < 6 || text[at] != '\\' || text[at + 1] != 'u')
        {
            return false;
        }

        char second = Hex(text[(at + 2)..]);
        at += 6;
        to[written++] = second;
        return char.IsLowSurrogate(second);
    }

    private static char Hex(ReadOnlySpan<byte> digits) =>
        (char)((Digit(digits[0]) << 12) | (Digit(digits[1]) << 8) | (Digit(digits[2]) << 4) | Digit(digits[3]));

    // '0'..'9' end in 0..9; 'A'..'F' and 'a'..'f' end in 1..6 and have bit 6 set.
    private static int Digit(byte digit) => (digit & 0xF) + (9 * (digit >> 6));
}
