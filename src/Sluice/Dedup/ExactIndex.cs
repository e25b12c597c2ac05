namespace Sluice.Dedup;

/// <summary>
/// From content hash to the lowest row that has it, in about 28 bytes a distinct hash at any size. Not safe for concurrent use: the first row wins, so rows come
/// one at a time. Rows are 0 to 2^32 - 1, distinct hashes at most 2^31.
/// </summary>
internal sealed class ExactIndex
{
    private const int StartLevel = 12;
    private readonly ChunkedArray<uint> _heads = new(1, StartLevel);
    private readonly ChunkedArray<Entry> _entries = new(1, StartLevel);
    private LinearHashAddress _address = new(StartLevel);
    private uint _count;

    /// <summary>Bytes of memory that a distinct hash takes, in the long run.</summary>
    public const int BytesARow = Entry.Size + sizeof(uint);

    /// <summary>Creates an empty index.</summary>
    public ExactIndex() => _heads.EnsureItems(_address.Buckets);

    /// <summary>Distinct hashes held.</summary>
    public long Count => _count;

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => _heads.Capacity * sizeof(uint) + _entries.Capacity * Entry.Size;

    /// <summary>The lowest row seen with this hash before, or -1 when the row is the first and was added.</summary>
    public long FindOrAdd(UInt128 hash, long row)
    {
        uint number = checked((uint)row);
        for (uint at = _heads.At(_address.Bucket((uint)hash), 0); at != 0;)
        {
            ref Entry entry = ref _entries.At(at - 1, 0);
            if (entry.Hash == hash)
            {
                long found = entry.Row;
                entry.Row = Math.Min(entry.Row, number);
                return found;
            }

            at = entry.Next;
        }

        Insert(hash, number);
        return -1;
    }

    /// <summary>Adds a row found before, when a run is resumed.</summary>
    public void Add(UInt128 hash, long row) => FindOrAdd(hash, row);

    private void Insert(UInt128 hash, uint row)
    {
        if (_count >= _address.Buckets)
        {
            Split();
        }

        _entries.EnsureItems(_count + 1L);
        ref uint head = ref _heads.At(_address.Bucket((uint)hash), 0);
        _entries.At(_count, 0) = new Entry { High = (ulong)(hash >> 64), Low = (ulong)hash, Row = row, Next = head };
        head = ++_count;
    }

    private void Split()
    {
        (uint from, uint to, int bit) = _address.Grow();
        _heads.EnsureItems(_address.Buckets);
        ref uint keep = ref _heads.At(from, 0);
        ref uint move = ref _heads.At(to, 0);
        uint at = keep;
        while (at != 0)
        {
            ref Entry entry = ref _entries.At(at - 1, 0);
            if ((entry.Low >> bit & 1) == 0)
            {
                keep = at;
                keep = ref entry.Next;
            }
            else
            {
                move = at;
                move = ref entry.Next;
            }

            at = entry.Next;
        }

        keep = 0;
        move = 0;
    }

    private struct Entry
    {
        public const int Size = 24;
        public ulong High;
        public ulong Low;
        public uint Row;
        public uint Next;

        public readonly UInt128 Hash => new(High, Low);
    }
}
