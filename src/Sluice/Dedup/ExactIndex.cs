namespace Sluice.Dedup;

/// <summary>
/// From content hash to the first row that has it, in bounded memory whatever the number of rows. Not safe for concurrent use: the first row wins, so rows come
/// one at a time and in ascending order. Rows are 0 to 2^32 - 1, distinct hashes as many.
/// </summary>
internal sealed class ExactIndex : IDisposable
{
    private const int CacheBytes = 1024 * 1024;
    private const int EntriesARead = 128;
    private readonly BandIndex _index;
    private readonly ScratchStore<Entry> _entries;
    private readonly List<uint> _candidates = [];
    private long _last = -1;

    /// <summary>Bytes of scratch disk that a distinct hash takes.</summary>
    public const int DiskBytesARow = BandEntry.Size + Entry.Size;

    /// <summary>Creates an empty index. Throws <see cref="IOException"/> when the scratch files cannot be made.</summary>
    /// <param name="scratchPath">Scratch file, deleted on dispose; others lie beside it, as files whose names go on.</param>
    /// <param name="sizes">Memory for the keys.</param>
    public ExactIndex(string scratchPath, BandIndexSizes sizes)
    {
        _index = new BandIndex(1, scratchPath + ".keys", sizes);
        _entries = new ScratchStore<Entry>(scratchPath, CacheBytes, EntriesARead);
    }

    /// <summary>Distinct hashes held.</summary>
    public long Count => _index.Count;

    /// <summary>Reads of the scratch files so far.</summary>
    public long FileReads => _index.FileReads + _entries.FileReads;

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => _index.Bytes + _entries.Bytes;

    /// <summary>The first row seen with this hash before, or -1 when the row is the first and was added.</summary>
    public long FindOrAdd(UInt128 hash, long row)
    {
        uint number = checked((uint)row);
        ArgumentOutOfRangeException.ThrowIfLessThan(row, _last);
        _last = row;
        ulong high = (ulong)(hash >> 64);
        ulong low = (ulong)hash;
        uint key = (uint)(Mixing.Finish(high ^ low) >> 32);
        _candidates.Clear();
        _index.Collect(new ReadOnlySpan<uint>(in key), _candidates);
        foreach (uint candidate in _candidates)
        {
            Entry entry = _entries.Read(candidate, 1)[0];
            if (entry.High == high && entry.Low == low)
            {
                return entry.Row;
            }
        }

        Entry added = new() { High = high, Low = low, Row = number };
        _entries.Append(new ReadOnlySpan<Entry>(in added));
        _index.Add(new ReadOnlySpan<uint>(in key));
        return -1;
    }

    /// <summary>Closes and deletes the scratch files.</summary>
    public void Dispose()
    {
        _index.Dispose();
        _entries.Dispose();
    }

    private struct Entry
    {
        public const int Size = 24;
        public ulong High;
        public ulong Low;
        public uint Row;
    }
}
