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

    private const int MostRepeatedBytes = 1024 * 1024;
    private const int RepeatedShare = 16;

    // So many questions of the runs cost less than to make the keys of an item.
    private const int FewQuestions = 2;

    private readonly int _bands;
    private readonly int[] _hits;
    private readonly long _mostFilterBytes;

    // The keys that were added more than once, and some others: of any key not in here there is one item at most.
    private readonly BandFilter _repeated;
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
        long repeated = RepeatedBytes(sizes);
        _mostFilterBytes = (sizes.FilterBytes - repeated) & ~31L;
        _filter = new BandFilter(Math.Min(StartFilterBytes, _mostFilterBytes));
        _repeated = new BandFilter(repeated);
        _recent = new RecentEntries(bands, sizes.RecentBytes);
        _runs = new RunLevels(bands, path, sizes);
        _stepItems = Math.Max(1, _recent.MostItems / (bands + 1));
    }

    /// <summary>Items added.</summary>
    public uint Count { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => _filter.Bytes + _repeated.Bytes + _recent.Bytes + _runs.Bytes;

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
        double most = sizes.FilterBytes - RepeatedBytes(sizes);
        double filter = Math.Min(StartFilterBytes, most);
        while (filter < most && entries * LeastFilterBits > filter * 8)
        {
            filter = Math.Min(filter * 2, most);
        }

        double recent = Math.Min(entries * BandEntry.Size, sizes.RecentBytes);
        return filter + RepeatedBytes(sizes) + recent + Math.Min((entries - (recent / BandEntry.Size)) * SortedRunWriter.MarksAnEntry / 8, sizes.MarkBytes);
    }

    /// <summary>Appends the items that share at least one key: each once or more often, in no order.</summary>
    /// <param name="keys">A key of each band.</param>
    /// <param name="items">Takes the items.</param>
    /// <param name="known">Makes the keys of an item again, which spares questions where many bands name the same one; null when that cannot be done.</param>
    public void Collect(ReadOnlySpan<uint> keys, List<uint> items, IBandKeys? known = null)
    {
        int hits = _filter.Find(keys, _hits);
        int open = 0;
        for (int i = 0; i < hits; i++)
        {
            int band = _hits[i];
            int before = items.Count;
            _recent.Collect(band, keys[band], items);
            if (items.Count == before || _repeated.MayHold(band, keys[band]))
            {
                _hits[open++] = band;
            }
        }

        for (int i = 0; i < open; i++)
        {
            int before = items.Count;
            _runs.Collect(_hits[i], keys[_hits[i]], items);
            if (known is not null && items.Count > before && CountSingle(keys, i + 1, open) > FewQuestions)
            {
                open = StillOpen(keys, known.Of(items[before]), i + 1, open);
            }
        }
    }

    /// <summary>Asks the memory for what the next question or addition reads.</summary>
    public void Prefetch(ReadOnlySpan<uint> keys) => _filter.Prefetch(keys);

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

        int hits = _filter.FindAndAdd(keys, _hits);
        for (int i = 0; i < hits; i++)
        {
            _repeated.Add(_hits[i], keys[_hits[i]]);
        }

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
        _repeated.Dispose();
        _recent.Dispose();
        _runs.Dispose();
    }

    private static long RepeatedBytes(BandIndexSizes sizes) => Math.Min(MostRepeatedBytes, sizes.FilterBytes / RepeatedShare) & ~31L;

    // Bands whose key at most one item has.
    private int CountSingle(ReadOnlySpan<uint> keys, int from, int open)
    {
        int count = 0;
        for (int i = from; i < open; i++)
        {
            count += _repeated.MayHold(_hits[i], keys[_hits[i]]) ? 0 : 1;
        }

        return count;
    }

    // Closes the bands whose only item is found: those where it has the key too, and no other has.
    private int StillOpen(ReadOnlySpan<uint> keys, ReadOnlySpan<uint> found, int from, int open)
    {
        int still = from;
        for (int i = from; i < open; i++)
        {
            int band = _hits[i];
            if (found[band] != keys[band] || _repeated.MayHold(band, keys[band]))
            {
                _hits[still++] = band;
            }
        }

        return still;
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
