using System.Globalization;

namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>The character classes that tokenizers ask about. Code points, not UTF-16 units.</summary>
internal static class CodePoints
{
    private const int LetterMask = (1 << (int)UnicodeCategory.UppercaseLetter) | (1 << (int)UnicodeCategory.LowercaseLetter)
        | (1 << (int)UnicodeCategory.TitlecaseLetter) | (1 << (int)UnicodeCategory.ModifierLetter) | (1 << (int)UnicodeCategory.OtherLetter);

    private const int NumberMask = (1 << (int)UnicodeCategory.DecimalDigitNumber) | (1 << (int)UnicodeCategory.LetterNumber)
        | (1 << (int)UnicodeCategory.OtherNumber);

    private const int MarkMask = (1 << (int)UnicodeCategory.NonSpacingMark) | (1 << (int)UnicodeCategory.SpacingCombiningMark)
        | (1 << (int)UnicodeCategory.EnclosingMark);

    private const int PunctuationMask = (1 << (int)UnicodeCategory.ConnectorPunctuation) | (1 << (int)UnicodeCategory.DashPunctuation)
        | (1 << (int)UnicodeCategory.OpenPunctuation) | (1 << (int)UnicodeCategory.ClosePunctuation)
        | (1 << (int)UnicodeCategory.InitialQuotePunctuation) | (1 << (int)UnicodeCategory.FinalQuotePunctuation)
        | (1 << (int)UnicodeCategory.OtherPunctuation);

    private const int OtherMask = (1 << (int)UnicodeCategory.Control) | (1 << (int)UnicodeCategory.Format) | (1 << (int)UnicodeCategory.PrivateUse)
        | (1 << (int)UnicodeCategory.Surrogate);

    private const int WordMask = LetterMask | MarkMask | (1 << (int)UnicodeCategory.DecimalDigitNumber) | (1 << (int)UnicodeCategory.LetterNumber)
        | (1 << (int)UnicodeCategory.ConnectorPunctuation);

    /// <summary>The code point at an index of well-formed text, and how many units it takes.</summary>
    public static int At(ReadOnlySpan<char> text, int index, out int length)
    {
        char c = text[index];
        if (char.IsHighSurrogate(c) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(c, text[index + 1]);
        }

        length = 1;
        return c;
    }

    /// <summary>Number of code points in a well-formed text.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        foreach (char c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>General category L.</summary>
    public static bool IsLetter(int code) => Is(code, LetterMask);

    /// <summary>General category N: every number, not digits alone.</summary>
    public static bool IsNumber(int code) => Is(code, NumberMask);

    /// <summary>General category M.</summary>
    public static bool IsMark(int code) => code >= 0x300 && Is(code, MarkMask);

    /// <summary>General category Mn.</summary>
    public static bool IsNonSpacingMark(int code) => code >= 0x300 && CharUnicodeInfo.GetUnicodeCategory(code) == UnicodeCategory.NonSpacingMark;

    /// <summary>General category P, or any ASCII character that is neither letter, digit, space nor control.</summary>
    public static bool IsPunctuation(int code) => code < 128 ? code is >= 33 and <= 47 or >= 58 and <= 64 or >= 91 and <= 96 or >= 123 and <= 126
        : Is(code, PunctuationMask);

    /// <summary>Control, format and private-use characters; unassigned ones are not counted.</summary>
    public static bool IsOther(int code) => Is(code, OtherMask);

    /// <summary>The Unicode property White_Space.</summary>
    public static bool IsWhiteSpace(int code) => code < 65536 && char.IsWhiteSpace((char)code);

    /// <summary>What <c>\w</c> stands for: Alphabetic, marks, decimal digits and connector punctuation.</summary>
    public static bool IsWord(int code) => Is(code, WordMask) || code is >= 0x24B6 and <= 0x24E9
        or >= 0x1F130 and <= 0x1F149 or >= 0x1F150 and <= 0x1F169 or >= 0x1F170 and <= 0x1F189;

    private static bool Is(int code, int mask) => ((1 << (int)CharUnicodeInfo.GetUnicodeCategory(code)) & mask) != 0;
}
