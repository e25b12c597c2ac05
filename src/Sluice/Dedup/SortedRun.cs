namespace Sluice.Dedup;

/// <summary>
/// Entries of consecutive items in a scratch file, sorted band by band. In memory it keeps the first key of each block, so that a question reads the file once, and
/// marks: bits for sections of the key space that hold an entry, so that most runs without the key are not asked at all.
/// </summary>
internal sealed class SortedRun : IDisposable
{
    /// <summary>Entries of a block: what a question reads, 4 KiB.</summary>
    public const int BlockEntries = 512;

    private readonly ScratchFile<ulong> _file;
    private readonly uint[] _fences;
    private readonly ulong[] _marks;
    private readonly uint _marksABand;
    private readonly int _blocks;

    /// <param name="file">The entries; the run's from now on.</param>
    /// <param name="bands">Keys an item.</param>
    /// <param name="count">Items.</param>
    /// <param name="fences">First key of each block, band by band.</param>
    /// <param name="marks">Bits, band by band.</param>
    /// <param name="marksABand">Bits a band; 0 for none, when every question is asked of the file.</param>
    public SortedRun(ScratchFile<ulong> file, int bands, int count, uint[] fences, ulong[] marks, uint marksABand)
    {
        _file = file;
        _fences = fences;
        _marks = marks;
        _marksABand = marksABand;
        _blocks = fences.Length / bands;
        Count = count;
    }

    /// <summary>Items: entries of each band.</summary>
    public int Count { get; }

    /// <summary>Bytes of the marks.</summary>
    public long MarkBytes => (long)_marks.Length * sizeof(ulong);

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => MarkBytes + ((long)_fences.Length * sizeof(uint));

    /// <summary>Where the mark of a key lies.</summary>
    public static ulong Mark(int band, uint key, uint marksABand) => ((ulong)band * marksABand) + ((ulong)key * marksABand >> 32);

    /// <summary>Whether the file must be asked for a key.</summary>
    public bool MayHold(int band, uint key)
    {
        if (_marksABand == 0)
        {
            return true;
        }

        ulong mark = Mark(band, key, _marksABand);
        return (_marks[mark >> 6] >> (int)(mark & 63) & 1) != 0;
    }

    /// <summary>Appends the items that have this key in this band. Returns how often the file was read.</summary>
    /// <param name="band">The band.</param>
    /// <param name="key">The key.</param>
    /// <param name="items">Takes the items.</param>
    /// <param name="buffer">Room for at least a block.</param>
    public int Collect(int band, uint key, List<uint> items, Span<ulong> buffer)
    {
        // The key's first entry may stand in the block before the first that begins with it.
        ReadOnlySpan<uint> fences = _fences.AsSpan(band * _blocks, _blocks);
        int end = CountBelow(fences, key);
        int start = Math.Max(0, end - 1) * BlockEntries;
        while (end < fences.Length && fences[end] == key)
        {
            end++;
        }

        int stop = Math.Min(Math.Max(1, end) * BlockEntries, Count);
        int reads = 0;
        while (start < stop)
        {
            Span<ulong> entries = buffer[..Math.Min(buffer.Length, stop - start)];
            Read(band, start, entries);
            reads++;
            start += entries.Length;
            foreach (ulong entry in entries[BandEntry.CountBelow(entries, key)..])
            {
                if (BandEntry.Key(entry) != key)
                {
                    return reads;
                }

                items.Add(BandEntry.Item(entry));
            }
        }

        return reads;
    }

    /// <summary>Reads entries of a band.</summary>
    public void Read(int band, int start, Span<ulong> entries) => _file.Read(entries, ((long)band * Count) + start);

    /// <summary>Closes and deletes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static int CountBelow(ReadOnlySpan<uint> fences, uint key)
    {
        int low = 0;
        for (int high = fences.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (fences[middle] < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
