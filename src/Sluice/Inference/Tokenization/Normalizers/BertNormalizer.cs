using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>The clean-up of the BERT family: controls, Chinese characters, accents, case.</summary>
internal sealed class BertNormalizer(bool cleanText, bool handleChinese, bool stripAccents, bool lowercase) : Normalizer
{
    /// <summary>Whether Chinese characters become words of their own.</summary>
    public bool HandleChinese => handleChinese;

    /// <summary>Whether the text is brought to lower case.</summary>
    public bool Lowercase => lowercase;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        CharBuffer cleaned = state.Rent();
        Clean(text, cleaned);
        ReadOnlySpan<char> current = cleaned.Span;
        CharBuffer plain = state.Rent();
        if (stripAccents && current.ContainsAnyExceptInRange('\0', '\u00BF'))
        {
            CharBuffer decomposed = state.Rent();
            if (!UnicodeForm.D.Leaves(current))
            {
                UnicodeForm.D.Apply(current, decomposed, state.Codes);
                current = decomposed.Span;
            }

            DropAccents(current, plain);
            state.Return(decomposed);
            current = plain.Span;
        }

        if (lowercase)
        {
            LowercaseNormalizer.Append(current, into);
        }
        else
        {
            into.Append(current);
        }

        state.Return(cleaned);
        state.Return(plain);
    }

    private static void DropAccents(ReadOnlySpan<char> text, CharBuffer into)
    {
        for (int i = 0; i < text.Length;)
        {
            int code = CodePoints.At(text, i, out int length);
            i += length;
            if (!CodePoints.IsNonSpacingMark(code))
            {
                into.AppendCode(code);
            }
        }
    }

    // U+2B920 is what the reference has where the standard says U+2B820.
    private static bool IsChinese(int code) => code is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x2F800 and <= 0x2FA1F);

    private void Clean(ReadOnlySpan<char> text, CharBuffer into)
    {
        for (int i = 0; i < text.Length;)
        {
            int code = CodePoints.At(text, i, out int length);
            i += length;
            if (cleanText)
            {
                if (code is 0 or 0xFFFD || (code is not ('\t' or '\n' or '\r') && CodePoints.IsOther(code)))
                {
                    continue;
                }

                code = CodePoints.IsWhiteSpace(code) ? ' ' : code;
            }

            if (handleChinese && code >= 0x3400 && IsChinese(code))
            {
                into.Append(' ');
                into.AppendCode(code);
                into.Append(' ');
            }
            else
            {
                into.AppendCode(code);
            }
        }
    }
}
