using System.Globalization;
using System.Text;

namespace Sluice.Selection.Iterative;

/// <summary>
/// Which code points are word characters to Python's <c>re</c> (<c>\w</c>: letters, numbers, underscore; no combining marks, unlike .NET's) and how <c>str.lower</c> writes
/// them. Characters newer than Python's Unicode tables may differ.
/// </summary>
internal static class WordClasses
{
    /// <summary>Value in the table of a UTF-16 unit that needs a second look: half a surrogate pair, a capital sigma, a dotted capital I.</summary>
    private const char Special = '\uFFFF';

    private const char CapitalSigma = '\u03A3';
    private const char DottedI = '\u0130';
    private static readonly char[] s_lower = Build();

    /// <summary>Whether a UTF-16 unit is a word character by itself; <paramref name="lower"/> is then its lower case.</summary>
    public static bool TryPlain(char unit, out char lower)
    {
        lower = s_lower[unit];
        return lower is not ('\0' or Special);
    }

    /// <summary>Whether a UTF-16 unit needs a look at its neighbours; else, and when it is no plain one, it ends a word.</summary>
    public static bool IsSpecial(char unit) => s_lower[unit] == Special;

    /// <summary>The lower case of a code point that starts with a special unit.</summary>
    /// <param name="text">The document.</param>
    /// <param name="at">Index of the special unit.</param>
    /// <param name="length">Units of the code point.</param>
    /// <param name="endsWord">Whether its lower case ends with a mark that is no word character.</param>
    /// <returns>The lower case, or null when it is no word character.</returns>
    public static Rune? Lower(ReadOnlySpan<char> text, int at, out int length, out bool endsWord)
    {
        endsWord = text[at] == DottedI;
        if (endsWord)
        {
            // 'i' with a combining dot above (SpecialCasing.txt); the dot parts words.
            length = 1;
            return new Rune('i');
        }

        if (text[at] == CapitalSigma)
        {
            length = 1;
            return new Rune(IsFinalSigma(text, at) ? '\u03C2' : '\u03C3');
        }

        if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out length) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        return IsWord(Rune.GetUnicodeCategory(rune)) ? Rune.ToLowerInvariant(rune) : null;
    }

    private static bool IsWord(UnicodeCategory category) => category is <= UnicodeCategory.OtherLetter or (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber);

    private static char[] Build()
    {
        char[] lower = new char[char.MaxValue + 1];
        for (int unit = 0; unit < lower.Length; unit++)
        {
            char value = (char)unit;
            lower[unit] = char.IsSurrogate(value) || value is CapitalSigma or DottedI ? Special
                : value == '_' || IsWord(CharUnicodeInfo.GetUnicodeCategory(value)) ? char.ToLowerInvariant(value)
                : '\0';
        }

        return lower;
    }

    // The condition Final_Sigma of The Unicode Standard, section 3.13: a cased letter before it, none after it, marks and the like aside.
    private static bool IsFinalSigma(ReadOnlySpan<char> text, int at)
    {
        int before = at;
        bool follows = false;
        while (before > 0 && Rune.DecodeLastFromUtf16(text[..before], out Rune rune, out int units) == System.Buffers.OperationStatus.Done)
        {
            before -= units;
            if (!IsCaseIgnorable(rune))
            {
                follows = IsCased(rune);
                break;
            }
        }

        int after = at + 1;
        while (follows && after < text.Length && Rune.DecodeFromUtf16(text[after..], out Rune rune, out int units) == System.Buffers.OperationStatus.Done)
        {
            after += units;
            if (!IsCaseIgnorable(rune))
            {
                return !IsCased(rune);
            }
        }

        return follows;
    }

    private static bool IsCaseIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027 or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;

    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
