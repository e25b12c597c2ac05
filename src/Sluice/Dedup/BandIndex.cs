namespace Sluice.Dedup;

/// <summary>
/// From the keys of each band to the items that have them, in bounded memory whatever their number. A filter knows all keys and answers most questions; the entries added
/// last lie in memory, the others in sorted runs on disk, and are looked at only where the filter says that the key was added. Past the memory's bound the filter is
/// wrong more often, which costs reads of the runs, never an answer. Not safe for concurrent use.
/// </summary>
internal sealed class BandIndex : IDisposable
{
    // With ten bits an entry the filter is wrong once in a hundred times, with twenty once in thousands: it doubles between the two.
    private const int LeastFilterBits = 10;

    private const int StartFilterBytes = 1024 * 1024;

    private readonly int _bands;
    private readonly int[] _hits;
    private readonly long _mostFilterBytes;
    private readonly RecentEntries _recent;
    private readonly RunLevels _runs;
    private readonly int _stepItems;
    private BandFilter _filter;
    private int _sinceStep;

    /// <summary>Creates an empty index.</summary>
    /// <param name="bands">Keys an item.</param>
    /// <param name="path">A path that the runs' scratch files begin with. They are deleted on dispose.</param>
    /// <param name="sizes">Bounds of memory.</param>
    public BandIndex(int bands, string path, BandIndexSizes sizes)
    {
        _bands = bands;
        _hits = new int[bands];
        _mostFilterBytes = sizes.FilterBytes;
        _filter = new BandFilter(Math.Min(StartFilterBytes, _mostFilterBytes));
        _recent = new RecentEntries(bands, sizes.RecentBytes);
        _runs = new RunLevels(bands, path, sizes);
        _stepItems = Math.Max(1, _recent.MostItems / (bands + 1));
    }

    /// <summary>Items added.</summary>
    public uint Count { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => _filter.Bytes + _recent.Bytes + _runs.Bytes;

    /// <summary>Sorted runs on disk.</summary>
    public int Runs => _runs.Count;

    /// <summary>Times that a run had to be read for a question.</summary>
    public long FileReads => _runs.FileReads;

    /// <summary>Bytes of memory that an index of so many items holds, about.</summary>
    /// <param name="items">Items.</param>
    /// <param name="bands">Keys an item.</param>
    /// <param name="sizes">Bounds of memory.</param>
    public static double BytesFor(double items, int bands, BandIndexSizes sizes)
    {
        double entries = items * bands;
        double filter = Math.Min(StartFilterBytes, sizes.FilterBytes);
        while (filter < sizes.FilterBytes && entries * LeastFilterBits > filter * 8)
        {
            filter = Math.Min(filter * 2, sizes.FilterBytes);
        }

        double recent = Math.Min(entries * BandEntry.Size, sizes.RecentBytes);
        return filter + recent + Math.Min((entries - (recent / BandEntry.Size)) * SortedRunWriter.MarksAnEntry / 8, sizes.MarkBytes);
    }

    /// <summary>Appends the items that share at least one key, each as often as it shares one, in no order.</summary>
    public void Collect(ReadOnlySpan<uint> keys, List<uint> items)
    {
        int hits = _filter.Find(keys, _hits);
        for (int i = 0; i < hits; i++)
        {
            int band = _hits[i];
            _recent.Collect(band, keys[band], items);
            _runs.Collect(band, keys[band], items);
        }
    }

    /// <summary>Adds an item; its number is the count before.</summary>
    public void Add(ReadOnlySpan<uint> keys)
    {
        if (_recent.Count == _recent.MostItems)
        {
            _runs.Take(_recent);
            _sinceStep = 0;
        }
        else if (_runs.IsMerging && ++_sinceStep >= _stepItems)
        {
            _runs.Step();
            _sinceStep = 0;
        }

        _filter.Add(keys);
        _recent.Add(keys, Count);
        Count = checked(Count + 1);
        if (_filter.Bytes < _mostFilterBytes && (long)Count * _bands * LeastFilterBits > _filter.Bytes * 8)
        {
            GrowFilter();
        }
    }

    /// <summary>Closes and deletes the scratch files.</summary>
    public void Dispose()
    {
        _filter.Dispose();
        _recent.Dispose();
        _runs.Dispose();
    }

    private void GrowFilter()
    {
        long bytes = Math.Min(_filter.Bytes * 2, _mostFilterBytes);
        _filter.Dispose();
        _filter = new BandFilter(bytes);
        _runs.CopyTo(_filter);
        _recent.CopyTo(_filter);
    }
}
