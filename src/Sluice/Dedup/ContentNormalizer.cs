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

    /// <summary>Appends the normalised <paramref name="text"/> as UTF-8. A half of a surrogate pair on its own counts as U+FFFD.</summary>
    public static void Append(ReadOnlySpan<char> text, ref ByteBuffer buffer)
    {
        if (Ascii.IsValid(text))
        {
            buffer.Advance(AsciiFolding.Fold(text, buffer.Reserve(text.Length)));
            return;
        }

        int capacity = text.Length + 16;
        while (true)
        {
            char[] composed = ArrayPool<char>.Shared.Rent(2 * capacity);
            try
            {
                Span<char> room = composed.AsSpan(0, capacity);
                if (TryCompose(text, room, out int length))
                {
                    Span<char> lower = composed.AsSpan(capacity, length);
                    ((ReadOnlySpan<char>)room[..length]).ToLowerInvariant(lower);
                    ReadOnlySpan<char> folded = lower[..FoldBlanks(lower)];
                    buffer.Advance(Encoding.UTF8.GetBytes(folded, buffer.Reserve(Encoding.UTF8.GetMaxByteCount(folded.Length))));
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
