namespace Sluice.Dedup;

/// <summary>
/// One hash table a band, all in step, from band key to the items that have it: about 11 bytes an item and band at any size. A bucket is one cache line, which a lookup
/// reads and an addition writes, so that a row costs one miss a band; lines that overflow are few. Keys count by 32 bits: the low 16 are implied by the bucket, the
/// high 16 are kept; while there are fewer buckets than that takes, whole keys are kept beside.
/// </summary>
internal sealed class BandTable
{
    private const int StartLevel = 10;

    // With 2^16 buckets or more a bucket's number holds the low 16 bits of all of its keys.
    private const int KeptFrom = 16;

    // Items a bucket and band. A round of growth leaves some buckets with half of it and some with nearly twice as much: at this value one line in ten overflows.
    private const double Load = 6.5;
    private const int ChunkShift = 10;
    private readonly int _bands;
    private readonly ChunkedArray<BandLine> _lines;
    private readonly ChunkedArray<BandLine> _overflow = new(1, ChunkShift);
    private LinearHashAddress _address = new(StartLevel);

    // The whole keys, until the buckets are so many that bucket and line hold all of them.
    private ChunkedArray<uint>? _keys;
    private uint _overflowUsed;
    private uint _overflowFree;

    /// <summary>Bytes of memory that an item takes in a band, in the long run.</summary>
    public const int BytesAnItem = 11;

    /// <summary>Creates empty tables for <paramref name="bands"/> keys an item.</summary>
    public BandTable(int bands)
    {
        _bands = bands;
        _lines = new ChunkedArray<BandLine>(bands, ChunkShift);
        _lines.EnsureItems(_address.Buckets);
        _keys = new ChunkedArray<uint>(bands, ChunkShift);
    }

    /// <summary>Items added.</summary>
    public uint Count { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => ((_lines.Capacity + _overflow.Capacity) * BandLine.Size) + ((_keys?.Capacity ?? 0) * sizeof(uint));

    /// <summary>Appends the items that share at least one key, each as often as it shares one.</summary>
    public void Collect(ReadOnlySpan<uint> keys, List<uint> items)
    {
        for (int band = 0; band < keys.Length; band++)
        {
            uint key = keys[band];
            int before = items.Count;
            ref BandLine line = ref _lines.At(_address.Bucket(key), band);
            line.Collect((ushort)(key >> KeptFrom), items);
            while (line.Overflow != 0)
            {
                line = ref _overflow.At(line.Overflow - 1, 0);
                line.Collect((ushort)(key >> KeptFrom), items);
            }

            if (_keys is not null && items.Count > before)
            {
                KeepEqual(key, band, items, before);
            }
        }
    }

    /// <summary>Adds an item; its number is the count before.</summary>
    public void Add(ReadOnlySpan<uint> keys)
    {
        if (Count >= _address.Buckets * Load)
        {
            Split();
        }

        if (_keys is not null)
        {
            _keys.EnsureItems(Count + 1L);
            keys.CopyTo(_keys[Count]);
        }

        for (int band = 0; band < _bands; band++)
        {
            Put(ref _lines.At(_address.Bucket(keys[band]), band), Count, (ushort)(keys[band] >> KeptFrom));
        }

        Count++;
    }

    private void KeepEqual(uint key, int band, List<uint> items, int from)
    {
        int kept = from;
        for (int i = from; i < items.Count; i++)
        {
            if (_keys!.At(items[i], band) == key)
            {
                items[kept++] = items[i];
            }
        }

        items.RemoveRange(kept, items.Count - kept);
    }

    private void Put(ref BandLine line, uint item, ushort fingerprint)
    {
        while (!line.TryAdd(item, fingerprint))
        {
            if (line.Overflow == 0)
            {
                line.Overflow = TakeOverflow();
            }

            line = ref _overflow.At(line.Overflow - 1, 0);
        }
    }

    private uint TakeOverflow()
    {
        if (_overflowFree == 0)
        {
            _overflow.EnsureItems(_overflowUsed + 1L);
            return ++_overflowUsed;
        }

        uint taken = _overflowFree;
        ref BandLine line = ref _overflow.At(taken - 1, 0);
        _overflowFree = line.Overflow;
        line = default;
        return taken;
    }

    private void Split()
    {
        (uint from, uint to, int bit) = _address.Grow();
        _lines.EnsureItems(_address.Buckets);
        for (int band = 0; band < _bands; band++)
        {
            ref BandLine keep = ref _lines.At(from, band);
            ref BandLine move = ref _lines.At(to, band);
            BandLine old = keep;
            keep = default;
            int kept = 0;
            int moved = 0;
            while (true)
            {
                int count = old.Count;
                for (int slot = 0; slot < count; slot++)
                {
                    (uint item, ushort fingerprint) = old[slot];
                    uint moves = _keys is null ? (uint)fingerprint >> (bit - KeptFrom) : _keys.At(item, band) >> bit;
                    if ((moves & 1) == 0)
                    {
                        keep = ref Room(ref keep, ref kept);
                        keep.Set(kept++, item, fingerprint);
                    }
                    else
                    {
                        move = ref Room(ref move, ref moved);
                        move.Set(moved++, item, fingerprint);
                    }
                }

                if (old.Overflow == 0)
                {
                    break;
                }

                uint next = old.Overflow;
                ref BandLine line = ref _overflow.At(next - 1, 0);
                old = line;
                line = new BandLine { Overflow = _overflowFree };
                _overflowFree = next;
            }
        }

        if (_address.Level == KeptFrom)
        {
            _keys = null;
        }
    }

    // The line itself, or a new one behind it when it is full.
    private ref BandLine Room(ref BandLine line, scoped ref int used)
    {
        if (used < BandLine.Slots)
        {
            return ref line;
        }

        used = 0;
        line.Overflow = TakeOverflow();
        return ref _overflow.At(line.Overflow - 1, 0);
    }
}
