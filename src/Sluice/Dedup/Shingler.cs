using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using Sluice.Records;

namespace Sluice.Dedup;

/// <summary>
/// A row as the set of its word n-grams. A word is a maximal run of letters, digits and their combining marks; each Han or kana character is a word of its
/// own. Turn boundaries separate words but not shingles. Pure and safe for many threads.
/// </summary>
internal static class Shingler
{
    private const ulong WordSeed = 0x2545F4914F6CDD1D;
    private const ulong CharacterFactor = 0x9E3779B97F4A7C15;
    private const ulong ShingleFactor = 0xD1342543DE82EF95;

    /// <summary>The sorted distinct 64-bit shingle hashes of the turns; one shingle of all words when there are fewer than <paramref name="shingleWords"/>, none when there is no word.</summary>
    public static ulong[] Shingles(ReadOnlySpan<Turn> turns, int shingleWords)
    {
        ByteBuffer content = new(1024);
        try
        {
            ContentHash.Write(turns, ref content);
            return Shingles(content, shingleWords);
        }
        finally
        {
            content.Dispose();
        }
    }

    /// <summary>The same of turns written by <see cref="ContentHash"/>.</summary>
    internal static ulong[] Shingles(scoped in ByteBuffer content, int shingleWords)
    {
        ulong[] hashes = ArrayPool<ulong>.Shared.Rent(Math.Max(content.Length, 1));
        try
        {
            return hashes[..Shingles(content, shingleWords, hashes)];
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(hashes);
        }
    }

    /// <summary>The same into <paramref name="hashes"/>, which has room for one of each byte of the content. Returns how many there are.</summary>
    internal static int Shingles(scoped in ByteBuffer content, int shingleWords, Span<ulong> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shingleWords, 1);
        int count = 0;
        for (int frame = 0; frame < content.Length;)
        {
            Range text = ContentHash.TextAt(content.Written, frame);
            count += HashWords(content.WithSlack, text.Start.Value, text.End.Value, hashes[count..]);
            frame = text.End.Value;
        }

        count = HashShingles(hashes[..count], shingleWords);
        return SortDistinct(hashes[..count]);
    }

    private static int HashWords(ReadOnlySpan<byte> content, int at, int end, Span<ulong> words)
    {
        int count = 0;
        ulong hash = WordSeed;
        bool inWord = false;
        while (at < end)
        {
            if (Vector256.IsHardwareAccelerated)
            {
                Vector256<byte> block = Vector256.Create(content.Slice(at, Vector256<byte>.Count));
                uint here = end - at >= Vector256<byte>.Count ? uint.MaxValue : (1u << (end - at)) - 1;
                if ((block.ExtractMostSignificantBits() & here) == 0)
                {
                    uint inner = here & (Vector256.LessThanOrEqual(block - Vector256.Create((byte)'a'), Vector256.Create((byte)('z' - 'a')))
                        | Vector256.LessThanOrEqual(block - Vector256.Create((byte)'0'), Vector256.Create((byte)('9' - '0')))).ExtractMostSignificantBits();
                    HashBlock(content[at..], inner, ref hash, ref inWord, words, ref count);
                    at += Vector256<byte>.Count;
                    continue;
                }
            }

            for (int stop = Math.Min(end, at + Vector256<byte>.Count); at < stop;)
            {
                WordPart part = PartAt(content, ref at, end, out uint value);
                if (part == WordPart.Inner)
                {
                    hash = (hash ^ value) * CharacterFactor;
                    inWord = true;
                    continue;
                }

                if (inWord)
                {
                    words[count++] = Mixing.Finish(hash);
                    hash = WordSeed;
                    inWord = false;
                }

                if (part == WordPart.Whole)
                {
                    words[count++] = Mixing.Finish((WordSeed ^ value) * CharacterFactor);
                }
            }
        }

        if (inWord)
        {
            words[count++] = Mixing.Finish(hash);
        }

        return count;
    }

    // Runs of set bits are words, or parts of the word that is open before or stays open behind.
    private static void HashBlock(ReadOnlySpan<byte> block, uint inner, ref ulong open, ref bool inWord, Span<ulong> words, ref int count)
    {
        ulong hash = open;
        int at = 0;
        if (!inWord)
        {
            at = BitOperations.TrailingZeroCount(inner);
        }

        while (at < Vector256<byte>.Count)
        {
            int end = at + BitOperations.TrailingZeroCount(~(inner >> at));
            for (; at < end; at++)
            {
                hash = (hash ^ block[at]) * CharacterFactor;
            }

            if (at >= Vector256<byte>.Count)
            {
                (open, inWord) = (hash, true);
                return;
            }

            words[count++] = Mixing.Finish(hash);
            hash = WordSeed;
            at += BitOperations.TrailingZeroCount(inner >> at);
        }

        (open, inWord) = (WordSeed, false);
    }

    private static WordPart PartAt(ReadOnlySpan<byte> content, ref int at, int end, out uint value)
    {
        value = content[at];
        if (value < 0x80)
        {
            at++;
            return value - 'a' <= 'z' - 'a' || value - '0' <= '9' - '0' ? WordPart.Inner : WordPart.None;
        }

        Rune.DecodeFromUtf8(content[at..end], out Rune rune, out int bytes);
        value = (uint)rune.Value;
        at += bytes;
        return Classify(rune);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WordPart Classify(Rune rune)
    {
        int value = rune.Value;
        if (value is (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF))
        {
            return Rune.IsLetter(rune) ? WordPart.Whole : WordPart.None;
        }

        return Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherNumber ? WordPart.Inner : WordPart.None;
    }

    // A rolling polynomial over the word hashes: constant work a shingle, however many words it has. Overwrites the words front to back.
    private static int HashShingles(Span<ulong> words, int shingleWords)
    {
        int width = Math.Min(shingleWords, words.Length);
        if (width == 0)
        {
            return 0;
        }

        ulong power = 1;
        ulong rolling = 0;
        for (int i = 0; i < width; i++)
        {
            rolling = rolling * ShingleFactor + words[i];
            power *= ShingleFactor;
        }

        for (int i = 0; i + width < words.Length; i++)
        {
            ulong leaving = words[i];
            words[i] = Mixing.Finish(rolling);
            rolling = rolling * ShingleFactor + words[i + width] - leaving * power;
        }

        words[words.Length - width] = Mixing.Finish(rolling);
        return words.Length - width + 1;
    }

    private static int SortDistinct(Span<ulong> values)
    {
        HashSort.Sort(values);
        int count = 0;
        foreach (ulong value in values)
        {
            if (count == 0 || values[count - 1] != value)
            {
                values[count++] = value;
            }
        }

        return count;
    }

    private enum WordPart
    {
        None,
        Inner,
        Whole,
    }
}
