using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
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
        CharBuffer buffer = new(1024);
        int[] ends = ArrayPool<int>.Shared.Rent(turns.Length);
        try
        {
            ContentHash.Normalize(turns, ref buffer, ends);
            return Shingles(buffer.From(0), ends.AsSpan(0, turns.Length), shingleWords);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ends);
            buffer.Dispose();
        }
    }

    /// <summary>The same of texts that are normalised already, standing one after the other.</summary>
    internal static ulong[] Shingles(ReadOnlySpan<char> normalized, ReadOnlySpan<int> ends, int shingleWords)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shingleWords, 1);
        ulong[] words = ArrayPool<ulong>.Shared.Rent(Math.Max(normalized.Length, 1));
        try
        {
            int count = 0;
            int start = 0;
            foreach (int end in ends)
            {
                count += HashWords(normalized[start..end], words.AsSpan(count));
                start = end;
            }

            count = HashShingles(words.AsSpan(0, count), shingleWords);
            return SortDistinct(words.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(words);
        }
    }

    private static int HashWords(ReadOnlySpan<char> text, Span<ulong> words)
    {
        int count = 0;
        ulong hash = WordSeed;
        bool inWord = false;
        for (int i = 0; i < text.Length; i++)
        {
            uint value = text[i];
            WordPart part;
            if (value < 0x80)
            {
                part = value - 'a' <= 'z' - 'a' || value - '0' <= '9' - '0' ? WordPart.Inner : WordPart.None;
            }
            else
            {
                Rune.DecodeFromUtf16(text[i..], out Rune rune, out int units);
                value = (uint)rune.Value;
                i += units - 1;
                part = Classify(rune);
            }

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

        if (inWord)
        {
            words[count++] = Mixing.Finish(hash);
        }

        return count;
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

    private static ulong[] SortDistinct(Span<ulong> values)
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

        return values[..count].ToArray();
    }

    private enum WordPart
    {
        None,
        Inner,
        Whole,
    }
}
