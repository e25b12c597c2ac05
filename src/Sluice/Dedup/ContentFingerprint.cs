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
        ByteBuffer content = new(1024);
        try
        {
            ContentHash.Write(turns, ref content);
            shingles = Shingler.Shingles(content, shingleWords);
            return ContentHash.OfWritten(content.Written);
        }
        finally
        {
            content.Dispose();
        }
    }

    /// <summary>The same for the next row of a batch: its shingles and band keys go where the batch's stand.</summary>
    /// <param name="turns">The conversation.</param>
    /// <param name="shingleWords">Words a shingle, 1 to 16.</param>
    /// <param name="signature">Makes the band keys.</param>
    /// <param name="into">Takes shingles and keys.</param>
    public static UInt128 Compute(ReadOnlySpan<Turn> turns, int shingleWords, MinHashSignature signature, RowShingles into)
    {
        ByteBuffer content = new(1024);
        try
        {
            ContentHash.Write(turns, ref content);

            // A word takes at least one byte, and a row has no more shingles than words.
            int count = Shingler.Shingles(content, shingleWords, into.Reserve(content.Length));
            ReadOnlySpan<ulong> shingles = into.Add(count, out Span<uint> keys);
            if (count > 0)
            {
                signature.ComputeBandKeys(shingles, keys);
            }

            return ContentHash.OfWritten(content.Written);
        }
        finally
        {
            content.Dispose();
        }
    }
}
