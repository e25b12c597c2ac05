using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sluice.Dedup;

/// <summary>
/// The entries added last, in memory: a list for each band and leading bits of the key, in chunks of one pool. Adding writes to its end; a question, asked only of keys the
/// filter knows, compares the whole list.
/// </summary>
internal sealed unsafe class RecentEntries : IDisposable
{
    private const int ChunkShift = 5;
    private const int ChunkEntries = 1 << ChunkShift;

    // Entries a list when the tier is full: a question reads them all, and the more lists there are the farther apart an addition writes.
    private const int ListEntries = 256;

    private readonly HugeMemory _memory;
    private readonly ulong* _entries;
    private readonly int _keyShift;
    private readonly int[] _ends;
    private readonly int[] _before;
    private int _chunks;
    private int _mostChunks;

    /// <summary>Creates an empty tier.</summary>
    /// <param name="bands">Keys an item.</param>
    /// <param name="bytes">Bytes of memory at most.</param>
    public RecentEntries(int bands, long bytes)
    {
        long each = bytes / ((ChunkEntries * BandEntry.Size) + sizeof(int)) * ChunkEntries / bands;
        ListBits = Math.Min(BitOperations.Log2((ulong)Math.Max(1, each / ListEntries)), 16);
        _keyShift = 32 - ListBits;
        _ends = new int[bands << ListBits];

        // Every list may end in a chunk that is nearly empty.
        MostItems = (int)Math.Clamp(each - ((long)ChunkEntries << ListBits), ChunkEntries, (int.MaxValue / 2 / bands) - (ChunkEntries << ListBits));
        int chunks = (int)((long)MostItems * bands / ChunkEntries) + _ends.Length;
        _before = new int[chunks];
        _memory = new HugeMemory((long)chunks * ChunkEntries * BandEntry.Size);
        _entries = (ulong*)_memory.Start;
    }

    /// <summary>Leading bits of the key that choose a list.</summary>
    public int ListBits { get; }

    /// <summary>Items that the tier takes.</summary>
    public int MostItems { get; }

    /// <summary>Items in it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held: of the pool what was in use at some time, as the rest is not resident.</summary>
    public long Bytes => ((long)_mostChunks * ChunkEntries * BandEntry.Size) + ((_ends.Length + _before.Length) * sizeof(int));

    /// <summary>Adds an item, one key a band.</summary>
    public void Add(ReadOnlySpan<uint> keys, uint item)
    {
        int[] ends = _ends;
        if (Sse.IsSupported)
        {
            for (int band = 0; band < keys.Length; band++)
            {
                Sse.Prefetch0(_entries + ends[List(band, keys[band])]);
            }
        }

        for (int band = 0; band < keys.Length; band++)
        {
            ref int end = ref ends[List(band, keys[band])];
            if ((end & (ChunkEntries - 1)) == 0)
            {
                end = TakeChunk(end);
            }

            _entries[end++] = BandEntry.Of(keys[band], item);
        }

        Count++;
    }

    /// <summary>Appends the items that have this key in this band.</summary>
    public void Collect(int band, uint key, List<uint> items)
    {
        Vector256<uint> wanted = Vector256.Create(key);
        for (int end = _ends[List(band, key)]; end != 0; end = Before(end))
        {
            ReadOnlySpan<ulong> entries = Chunk(end);
            int i = 0;
            for (; i + Vector256<ulong>.Count <= entries.Length; i += Vector256<ulong>.Count)
            {
                // Keys are the higher halves.
                uint equal = Vector256.Equals(Vector256.Create(entries[i..]).AsUInt32(), wanted).ExtractMostSignificantBits() & 0xAA;
                for (; equal != 0; equal &= equal - 1)
                {
                    items.Add(BandEntry.Item(entries[i + (BitOperations.TrailingZeroCount(equal) >> 1)]));
                }
            }

            for (; i < entries.Length; i++)
            {
                if (BandEntry.Key(entries[i]) == key)
                {
                    items.Add(BandEntry.Item(entries[i]));
                }
            }
        }
    }

    /// <summary>Adds all entries to a filter.</summary>
    public void CopyTo(BandFilter filter)
    {
        for (int list = 0; list < _ends.Length; list++)
        {
            for (int end = _ends[list]; end != 0; end = Before(end))
            {
                foreach (ulong entry in Chunk(end))
                {
                    filter.Add(list >> ListBits, BandEntry.Key(entry));
                }
            }
        }
    }

    /// <summary>Writes all entries as a sorted run and forgets them.</summary>
    public void MoveTo(SortedRunWriter run)
    {
        ulong[] sorted = [];
        for (int list = 0; list < _ends.Length; list++)
        {
            int count = 0;
            for (int end = _ends[list]; end != 0; end = Before(end))
            {
                ReadOnlySpan<ulong> entries = Chunk(end);
                sorted = SortBuffer.Room(sorted, count, entries.Length);
                entries.CopyTo(sorted.AsSpan(count));
                count += entries.Length;
            }

            HashSort.Sort(sorted.AsSpan(0, count), ListBits);
            run.Write(list >> ListBits, sorted.AsSpan(0, count));
        }

        SortBuffer.Return(sorted);
        Array.Clear(_ends);
        _chunks = 0;
        Count = 0;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int List(int band, uint key) => (band << ListBits) | (int)((ulong)key >> _keyShift);

    // The entries of the chunk that ends, or is filled so far, at this place.
    private ReadOnlySpan<ulong> Chunk(int end)
    {
        int start = (end - 1) & ~(ChunkEntries - 1);
        return new ReadOnlySpan<ulong>(_entries + start, end - start);
    }

    // The end of the list's chunk before, 0 for none.
    private int Before(int end) => _before[(end - 1) >> ChunkShift];

    private int TakeChunk(int end)
    {
        _before[_chunks] = end;
        _mostChunks = Math.Max(_mostChunks, _chunks + 1);
        return _chunks++ << ChunkShift;
    }
}
