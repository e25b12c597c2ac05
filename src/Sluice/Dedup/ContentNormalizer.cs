using System.Buffers;
using System.Text;

namespace Sluice.Dedup;

/// <summary>
/// The form of a text in which two rows count as the same: Unicode NFKC, lower case (invariant), every run of white space one blank, none at the ends.
/// Pure and safe for many threads.
/// </summary>
internal static class ContentNormalizer
{
    // UAX #15: a UTF-16 unit grows by at most a factor of 18 under NFKC; most texts do not grow at all, so room is doubled on demand.
    private const int MostGrowth = 18;

    /// <summary>Appends the normalised <paramref name="text"/>. A half of a surrogate pair on its own counts as U+FFFD.</summary>
    public static void Append(ReadOnlySpan<char> text, ref CharBuffer buffer)
    {
        Span<char> target = buffer.Reserve(text.Length);
        if (Ascii.IsValid(text))
        {
            buffer.Advance(FoldAscii(text, target));
            return;
        }

        int capacity = text.Length + 16;
        while (true)
        {
            char[] composed = ArrayPool<char>.Shared.Rent(capacity);
            try
            {
                if (TryCompose(text, composed, out int length))
                {
                    target = buffer.Reserve(length);
                    composed.AsSpan(0, length).ToLowerInvariant(target);
                    buffer.Advance(FoldBlanks(target[..length]));
                    return;
                }
            }
            finally
            {
                ArrayPool<char>.Shared.Return(composed);
            }

            capacity = checked((int)Math.Min(capacity * 2L, (long)text.Length * MostGrowth + 16));
        }
    }

    private static bool TryCompose(ReadOnlySpan<char> text, Span<char> target, out int length)
    {
        int lone = FindLoneSurrogate(text, 0);
        if (lone < 0)
        {
            return text.TryNormalize(target, out length, NormalizationForm.FormKC);
        }

        char[] mended = text.ToArray();
        for (; lone >= 0; lone = FindLoneSurrogate(mended, lone + 1))
        {
            mended[lone] = '\uFFFD';
        }

        return ((ReadOnlySpan<char>)mended).TryNormalize(target, out length, NormalizationForm.FormKC);
    }

    private static int FindLoneSurrogate(ReadOnlySpan<char> text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                int next = text[i..].IndexOfAnyInRange('\uD800', '\uDFFF');
                if (next < 0)
                {
                    return -1;
                }

                i += next;
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }

    private static int FoldAscii(ReadOnlySpan<char> text, Span<char> target)
    {
        // Without branches: where words end cannot be predicted.
        int length = 0;
        int blankBefore = 1;
        foreach (char unit in text)
        {
            uint value = unit;
            int blank = (value == ' ' ? 1 : 0) | (value - '\t' <= '\r' - '\t' ? 1 : 0);
            target[length] = (char)(blank != 0 ? ' ' : value | (value - 'A' <= 'Z' - 'A' ? 0x20u : 0u));
            length += 1 - (blank & blankBefore);
            blankBefore = blank;
        }

        return length - (length > 0 ? blankBefore : 0);
    }

    private static int FoldBlanks(Span<char> text)
    {
        int length = 0;
        bool blank = true;
        foreach (char unit in text)
        {
            if (!char.IsWhiteSpace(unit))
            {
                text[length++] = unit;
                blank = false;
            }
            else if (!blank)
            {
                text[length++] = ' ';
                blank = true;
            }
        }

        return blank && length > 0 ? length - 1 : length;
    }
}
