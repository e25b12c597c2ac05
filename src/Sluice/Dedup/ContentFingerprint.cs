using System.Buffers;
using Sluice.Records;

namespace Sluice.Dedup;

/// <summary>What both kinds of dedup need of a row, from one normalisation. Pure and safe for many threads.</summary>
internal static class ContentFingerprint
{
    /// <summary>The row's <see cref="ContentHash"/> and its <see cref="Shingler">shingles</see>.</summary>
    /// <param name="turns">The conversation.</param>
    /// <param name="shingleWords">Words a shingle, 1 to 16.</param>
    /// <param name="shingles">Sorted distinct shingle hashes; empty when the row holds no word.</param>
    public static UInt128 Compute(ReadOnlySpan<Turn> turns, int shingleWords, out ulong[] shingles)
    {
        CharBuffer buffer = new(1024);
        int[] ends = ArrayPool<int>.Shared.Rent(turns.Length);
        try
        {
            ContentHash.Normalize(turns, ref buffer, ends);
            ReadOnlySpan<char> normalized = buffer.From(0);
            shingles = Shingler.Shingles(normalized, ends.AsSpan(0, turns.Length), shingleWords);
            return ContentHash.Compute(turns, normalized, ends);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ends);
            buffer.Dispose();
        }
    }
}
