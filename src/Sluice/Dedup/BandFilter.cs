using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sluice.Dedup;

/// <summary>
/// Which keys of which bands were added, for certain where it says no: a Bloom filter split into blocks (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom
/// Filters", 2007; the blocks are those of Parquet). An entry sets one bit in each of the eight words of one block, so that a question costs one cache line. Keys that
/// come sorted touch the blocks in order. Not safe for concurrent use.
/// </summary>
internal sealed unsafe class BandFilter : IDisposable
{
    private const int BlockBytes = 32;

    private static readonly Vector256<uint> s_salts =
        Vector256.Create(0x47B6137Bu, 0x44974D91u, 0x8824AD5Bu, 0xA2B7289Du, 0x705495C7u, 0x2DF1424Bu, 0x9EFC4947u, 0x5C6BFB31u);

    private readonly HugeMemory _memory;
    private readonly byte* _start;
    private readonly uint _blocks;

    /// <summary>Creates an empty filter.</summary>
    /// <param name="bytes">Its size, a multiple of 32 up to 64 GiB.</param>
    public BandFilter(long bytes)
    {
        _blocks = (uint)Math.Min(bytes / BlockBytes, 1L << 31);
        _memory = new HugeMemory(_blocks * (long)BlockBytes);
        _memory.Clear();
        _start = _memory.Start;
    }

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>Adds a key of a band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int band, uint key)
    {
        uint* block = Block(key);
        (Vector256.LoadAligned(block) | Mask(band, key)).StoreAligned(block);
    }

    /// <summary>Adds a key of each band. Tells, as <see cref="Find"/> does, which of them may have been added before.</summary>
    public int FindAndAdd(ReadOnlySpan<uint> keys, Span<int> bands)
    {
        Prefetch(keys);
        int count = 0;
        for (int band = 0; band < keys.Length; band++)
        {
            uint* block = Block(keys[band]);
            Vector256<uint> mask = Mask(band, keys[band]);
            Vector256<uint> bits = Vector256.LoadAligned(block);
            bands[count] = band;
            count += Vector256.AndNot(mask, bits) == Vector256<uint>.Zero ? 1 : 0;
            (bits | mask).StoreAligned(block);
        }

        return count;
    }

    /// <summary>Whether a key may have been added.</summary>
    public bool MayHold(int band, uint key) => Vector256.AndNot(Mask(band, key), Vector256.LoadAligned(Block(key))) == Vector256<uint>.Zero;

    /// <summary>Which bands may have had their key added: fills <paramref name="bands"/>, as long as the keys, and returns how many.</summary>
    public int Find(ReadOnlySpan<uint> keys, Span<int> bands)
    {
        Prefetch(keys);
        int count = 0;
        for (int band = 0; band < keys.Length; band++)
        {
            bands[count] = band;
            count += Vector256.AndNot(Mask(band, keys[band]), Vector256.LoadAligned(Block(keys[band]))) == Vector256<uint>.Zero ? 1 : 0;
        }

        return count;
    }

    /// <summary>Asks the memory for the blocks of keys that are looked for soon: all at once, as one after the other costs four times as much.</summary>
    public void Prefetch(ReadOnlySpan<uint> keys)
    {
        if (Sse.IsSupported)
        {
            foreach (uint key in keys)
            {
                Sse.Prefetch0(Block(key));
            }
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint* Block(uint key) => (uint*)(_start + (((ulong)key * _blocks >> 32) * BlockBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mask(int band, uint key)
    {
        uint hash = key ^ ((uint)band * 0x9E3779B9);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        Vector256<uint> bits = (Vector256.Create(hash ^ (hash >> 16)) * s_salts) >>> 27;
        return Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(Vector256<uint>.One, bits) : Shift(bits);
    }

    private static Vector256<uint> Shift(Vector256<uint> bits)
    {
        Vector256<uint> mask = default;
        for (int i = 0; i < Vector256<uint>.Count; i++)
        {
            mask = mask.WithElement(i, 1u << (int)bits[i]);
        }

        return mask;
    }
}
