using System.Buffers;
using System.Text;
using Sluice.Records;

namespace Sluice.Dedup;

/// <summary>
/// The form of a text in which two rows count as the same: Unicode NFKC, lower case (invariant), every run of white space one blank, none at the ends.
/// Pure and safe for many threads.
/// </summary>
internal static class ContentNormalizer
{
    // UAX #15: a UTF-16 unit grows by at most a factor of 18 under NFKC; most texts do not grow at all, so room is doubled on demand.
    private const int MostGrowth = 18;

    /// <summary>Appends the normalised <paramref name="text"/>, which is sound UTF-8, as UTF-8.</summary>
    public static void Append(ReadOnlySpan<byte> text, ref ByteBuffer buffer)
    {
        if (Ascii.IsValid(text))
        {
            buffer.Advance(AsciiFolding.Fold(text, buffer.Reserve(text.Length)));
            return;
        }

        char[] decoded = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            Append(decoded.AsSpan(0, Utf16Decoding.Decode(text, decoded)), ref buffer);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(decoded);
        }
    }

    private static void Append(ReadOnlySpan<char> text, ref ByteBuffer buffer)
    {
        int capacity = text.Length + 16;
        while (true)
        {
            char[] composed = ArrayPool<char>.Shared.Rent(2 * capacity);
            try
            {
                Span<char> room = composed.AsSpan(0, capacity);
                if (text.TryNormalize(room, out int length, NormalizationForm.FormKC))
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
