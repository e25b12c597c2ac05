using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sluice.Dedup;

/// <summary>
/// MinHash signatures (Broder 1997) cut into bands for locality-sensitive hashing. Two sets of Jaccard index J share a band of r rows with probability
/// J^r, and at least one of b bands with 1 - (1 - J^r)^b (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4.2). Immutable, safe for many threads.
/// </summary>
internal sealed class MinHashSignature
{
    private const int MostPermutations = 128;
    private const double Recall = 0.998;
    private const int Block = 32;
    private const ulong Seed = 0x51E3_7C0D_DE00_0001;
    private const uint Spread = 0x85EBCA6B;
    private readonly uint[] _offsets;
    private readonly uint[] _factors;

    /// <summary>Chooses rows and bands for the threshold: the most rows a band for which ceil(ln 0.002 / ln(1 - J^r)) bands need no more than 128 permutations. 0.8 gives 21 bands of 6.</summary>
    /// <param name="minJaccard">The index at which a pair must be found with probability 0.998 or more; 0.5 to 1.</param>
    public MinHashSignature(double minJaccard)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minJaccard, 0.5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minJaccard, 1);
        Rows = MostPermutations;
        while ((Bands = BandsFor(minJaccard, Rows)) * Rows > MostPermutations)
        {
            Rows--;
        }

        int padded = (Bands * Rows + Block - 1) / Block * Block;
        _offsets = new uint[padded];
        _factors = new uint[padded];
        ulong state = Seed;
        for (int i = 0; i < padded; i++)
        {
            ulong bits = Mixing.Next(ref state);
            _offsets[i] = (uint)bits;
            _factors[i] = (uint)(bits >> 32) | 1;
        }
    }

    /// <summary>Bands, each with a key of its own.</summary>
    public int Bands { get; }

    /// <summary>Permutations a band.</summary>
    public int Rows { get; }

    /// <summary>Computes the band keys of a shingle set.</summary>
    /// <param name="shingles">At least one hash, in any order.</param>
    /// <param name="bandKeys">Takes <see cref="Bands"/> keys.</param>
    public void ComputeBandKeys(ReadOnlySpan<ulong> shingles, Span<uint> bandKeys)
    {
        ArgumentOutOfRangeException.ThrowIfZero(shingles.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bandKeys.Length, Bands);
        Span<uint> minima = stackalloc uint[_offsets.Length];
        uint[] folded = ArrayPool<uint>.Shared.Rent(shingles.Length);
        for (int i = 0; i < shingles.Length; i++)
        {
            folded[i] = (uint)(shingles[i] ^ (shingles[i] >> 32));
        }

        for (int at = 0; at < minima.Length; at += Block)
        {
            ComputeMinima(folded.AsSpan(0, shingles.Length), at, minima);
        }

        ArrayPool<uint>.Shared.Return(folded);
        for (int band = 0; band < bandKeys.Length; band++)
        {
            ulong key = (ulong)band;
            foreach (uint minimum in minima.Slice(band * Rows, Rows))
            {
                key = Mixing.Finish(key ^ minimum) + minimum;
            }

            bandKeys[band] = (uint)(key >> 32);
        }
    }

    // Four vectors of minima stay in registers over the whole set.
    private void ComputeMinima(ReadOnlySpan<uint> values, int at, Span<uint> minima)
    {
        ReadOnlySpan<Vector256<uint>> offsets = MemoryMarshal.Cast<uint, Vector256<uint>>(_offsets.AsSpan(at, Block));
        ReadOnlySpan<Vector256<uint>> factors = MemoryMarshal.Cast<uint, Vector256<uint>>(_factors.AsSpan(at, Block));
        Vector256<uint> offset0 = offsets[0], offset1 = offsets[1], offset2 = offsets[2], offset3 = offsets[3];
        Vector256<uint> factor0 = factors[0], factor1 = factors[1], factor2 = factors[2], factor3 = factors[3];
        Vector256<uint> min0 = Vector256<uint>.AllBitsSet, min1 = min0, min2 = min0, min3 = min0;
        foreach (uint value in values)
        {
            Vector256<uint> x = Vector256.Create(value);
            min0 = Vector256.Min(min0, Permute(x, offset0, factor0));
            min1 = Vector256.Min(min1, Permute(x, offset1, factor1));
            min2 = Vector256.Min(min2, Permute(x, offset2, factor2));
            min3 = Vector256.Min(min3, Permute(x, offset3, factor3));
        }

        min0.CopyTo(minima[at..]);
        min1.CopyTo(minima[(at + 8)..]);
        min2.CopyTo(minima[(at + 16)..]);
        min3.CopyTo(minima[(at + 24)..]);
    }

    // A bijection of 32-bit words: one product alone keeps arithmetic runs in order, so the second breaks them.
    private static Vector256<uint> Permute(Vector256<uint> x, Vector256<uint> offset, Vector256<uint> factor)
    {
        Vector256<uint> product = (x ^ offset) * factor;
        return (product ^ (product >>> 15)) * Spread;
    }

    private static int BandsFor(double jaccard, int rows)
    {
        double match = Math.Pow(jaccard, rows);

        // Past a few dozen rows at a low threshold 1 - J^r rounds to 1; any number of bands over the limit says the same.
        return match >= 1 ? 1 : match < 1e-12 ? MostPermutations + 1 : (int)Math.Min(Math.Ceiling(Math.Log(1 - Recall) / Math.Log(1 - match)), MostPermutations + 1);
    }
}
