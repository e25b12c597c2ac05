using System.Runtime.InteropServices;

namespace Sluice.Dedup;

/// <summary>
/// One hash table a band, all in step, from band key to the items that have it: 10 bytes an item and band at any size. An item's links of all bands
/// lie together, so adding one writes two cache lines. Keys count by 32 bits: the low 16 are implied by the bucket, the high 16 are kept.
/// </summary>
internal sealed class BandTable
{
    // With 2^16 buckets or more a bucket's number holds the low 16 bits of all of its keys.
    private const int StartLevel = 16;
    private const int ChunkShift = 13;
    private readonly int _bands;
    private readonly ChunkedArray<uint> _heads;
    private readonly ChunkedArray<Link> _links;
    private LinearHashAddress _address = new(StartLevel);
    private volatile uint _touched;

    /// <summary>Bytes of memory that an item takes in a band, in the long run.</summary>
    public const int BytesAnItem = sizeof(uint) + Link.Size;

    /// <summary>Creates empty tables for <paramref name="bands"/> keys an item.</summary>
    public BandTable(int bands)
    {
        _bands = bands;
        _heads = new ChunkedArray<uint>(bands, ChunkShift);
        _links = new ChunkedArray<Link>(bands, ChunkShift);
        _heads.EnsureItems(_address.Buckets);
    }

    /// <summary>Items added.</summary>
    public uint Count { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => _heads.Capacity * sizeof(uint) + _links.Capacity * Link.Size;

    /// <summary>Appends the items that share at least one key, each as often as it shares one.</summary>
    public void Collect(ReadOnlySpan<uint> keys, List<uint> items)
    {
        // All chains are walked abreast, one link of each at a time, so that their cache misses overlap.
        Span<int> bands = stackalloc int[_bands];
        Span<uint> links = stackalloc uint[_bands];
        int open = 0;
        for (int band = 0; band < keys.Length; band++)
        {
            uint head = _heads.At(_address.Bucket(keys[band]), band);
            bands[open] = band;
            links[open] = head;
            open += head != 0 ? 1 : 0;
        }

        while (open > 0)
        {
            int left = 0;
            for (int i = 0; i < open; i++)
            {
                int band = bands[i];
                uint at = links[i] - 1;
                Link link = _links.At(at, band);
                if (link.Fingerprint == (ushort)(keys[band] >> 16))
                {
                    items.Add(at);
                }

                bands[left] = band;
                links[left] = link.Next;
                left += link.Next != 0 ? 1 : 0;
            }

            open = left;
        }
    }

    /// <summary>Adds an item; its number is the count before.</summary>
    public void Add(ReadOnlySpan<uint> keys)
    {
        if (Count >= _address.Buckets)
        {
            Split();
        }

        _links.EnsureItems(Count + 1L);
        Span<Link> links = _links[Count];
        Count++;
        for (int band = 0; band < links.Length; band++)
        {
            ref uint head = ref _heads.At(_address.Bucket(keys[band]), band);
            links[band] = new Link { Next = head, Fingerprint = (ushort)(keys[band] >> 16) };
            head = Count;
        }
    }

    private void Split()
    {
        (uint from, uint to, int bit) = _address.Grow();
        _heads.EnsureItems(_address.Buckets);
        Touch(from);
        for (int band = 0; band < _bands; band++)
        {
            uint at = _heads.At(from, band);
            ref uint keep = ref _heads.At(from, band);
            ref uint move = ref _heads.At(to, band);
            while (at != 0)
            {
                ref Link link = ref _links.At(at - 1, band);
                if ((link.Fingerprint >> (bit - StartLevel) & 1) == 0)
                {
                    keep = at;
                    keep = ref link.Next;
                }
                else
                {
                    move = at;
                    move = ref link.Next;
                }

                at = link.Next;
            }

            keep = 0;
            move = 0;
        }
    }

    // Brings the first links of all bands into the cache together, where the walk that follows would wait for each in turn.
    private void Touch(uint bucket)
    {
        uint seen = 0;
        int band = 0;
        foreach (uint head in _heads[bucket])
        {
            seen |= _links.At(Math.Max(head, 1) - 1, band++).Next;
        }

        _touched = seen;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    private struct Link
    {
        public const int Size = 6;
        public uint Next;
        public ushort Fingerprint;
    }
}
