using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.Parsing.Json;

/// <summary>What may stand behind a backslash in a JSON string.</summary>
internal static class Escapes
{
    /// <summary>Bytes of an escape with four hexadecimal digits.</summary>
    public const int UnicodeLength = 6;

    // The character that each byte stands for, or 0: a table, since which escape comes next is not to be guessed.
    private static ReadOnlySpan<byte> Meanings =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, (byte)'"', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'/', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'\\', 0, 0, 0,
        0, 0, (byte)'\b', 0, 0, 0, (byte)'\f', 0, 0, 0, 0, 0, 0, 0, (byte)'\n', 0, 0, 0, (byte)'\r', 0, (byte)'\t', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The character that an escape of two bytes stands for; 0 when it is none.</summary>
    /// <param name="kind">The byte behind the backslash.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Meaning(byte kind) => kind < Meanings.Length ? Meanings[kind] : (byte)0;

    /// <summary>Bytes of the escape that begins the text; 0 when it is none that JSON knows.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        return Meaning(text[1]) != 0 ? 2 : IsUnicode(text) ? UnicodeLength : 0;
    }

    /// <summary>Decodes the escape of four digits that begins the text, and a second one that makes up one character with it. Returns the number of bytes written; -1 when a surrogate stands alone.</summary>
    /// <param name="text">A sound escape and what follows it.</param>
    /// <param name="to">Takes the character as UTF-8; must have room for four bytes.</param>
    /// <param name="length">Bytes of the escapes.</param>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> to, out int length)
    {
        length = UnicodeLength;
        char unit = Unit(text);
        if (Rune.TryCreate(unit, out Rune rune))
        {
            return rune.EncodeToUtf8(to);
        }

        length = 2 * UnicodeLength;
        ReadOnlySpan<byte> rest = text[UnicodeLength..];
        return IsUnicode(rest) && Rune.TryCreate(unit, Unit(rest), out rune) ? rune.EncodeToUtf8(to) : -1;
    }

    private static bool IsUnicode(ReadOnlySpan<byte> text) =>
        text.Length >= UnicodeLength && text[0] == '\\' && text[1] == 'u'
        && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3]) && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5]);

    private static char Unit(ReadOnlySpan<byte> text) => (char)((Digit(text[2]) << 12) | (Digit(text[3]) << 8) | (Digit(text[4]) << 4) | Digit(text[5]));

    // '0'..'9' end in 0..9; 'A'..'F' and 'a'..'f' end in 1..6 and have bit 6 set.
    private static int Digit(byte digit) => (digit & 0xF) + (9 * (digit >> 6));
}
