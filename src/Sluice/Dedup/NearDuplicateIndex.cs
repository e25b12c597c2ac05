namespace Sluice.Dedup;

/// <summary>
/// Finds near duplicates among the rows kept so far: candidates by MinHash bands, each verified by the exact Jaccard index. Only rows that
/// repeat none are indexed, so the first row wins. About 250 bytes of memory a kept row beside the cache. Not safe for concurrent use. Rows are 0 to 2^32 - 1.
/// </summary>
internal sealed class NearDuplicateIndex : IDisposable
{
    private readonly double _minJaccard;
    private readonly BandTable _table;
    private readonly ShingleStore _store;
    private readonly ChunkedArray<Item> _items = new(1, 13);
    private readonly List<uint> _candidates = [];

    /// <summary>Creates an empty index. Throws <see cref="IOException"/> when the scratch file cannot be made.</summary>
    /// <param name="bands">Keys a row, as <see cref="MinHashSignature.Bands"/> says.</param>
    /// <param name="minJaccard">Least index of a near duplicate.</param>
    /// <param name="scratchPath">Scratch file, deleted on dispose; grows by 8 bytes a shingle of kept rows.</param>
    /// <param name="cacheBytes">Memory for the sets of the rows kept last.</param>
    public NearDuplicateIndex(int bands, double minJaccard, string scratchPath, long cacheBytes)
    {
        _minJaccard = minJaccard;
        _table = new BandTable(bands);
        _store = new ShingleStore(scratchPath, cacheBytes);
    }

    /// <summary>Rows indexed.</summary>
    public long Count => _table.Count;

    /// <summary>Candidate pairs compared exactly so far.</summary>
    public long Compared { get; private set; }

    /// <summary>Sets read back from the scratch file so far.</summary>
    public long FileReads => _store.FileReads;

    /// <summary>Bytes of memory held, without the cache.</summary>
    public long Bytes => _table.Bytes + _items.Capacity * Item.Size;

    /// <summary>Bytes of memory that a kept row takes in the long run, without the cache.</summary>
    public static int BytesARow(int bands) => (bands * BandTable.BytesAnItem) + Item.Size;

    /// <summary>The kept row of highest Jaccard index, the lowest row on ties; when none reaches the threshold the row itself is kept and indexed.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="bandKeys">One key a band.</param>
    /// <param name="shingles">Sorted distinct shingle hashes. A row without any matches none and is not indexed.</param>
    public NearMatch FindOrAdd(long row, ReadOnlySpan<uint> bandKeys, ReadOnlySpan<ulong> shingles)
    {
        NearMatch match = Find(bandKeys, shingles);
        if (match.Row < 0)
        {
            Add(row, bandKeys, shingles);
        }

        return match;
    }

    /// <summary>Indexes a row known to be kept, when a run is resumed.</summary>
    public void Add(long row, ReadOnlySpan<uint> bandKeys, ReadOnlySpan<ulong> shingles)
    {
        if (shingles.Length == 0)
        {
            return;
        }

        uint number = checked((uint)row);
        _items.EnsureItems(_table.Count + 1L);
        _items.At(_table.Count, 0) = new Item { Row = number, Count = shingles.Length, Position = _store.Append(shingles) };
        _table.Add(bandKeys);
    }

    /// <summary>Closes and deletes the scratch file.</summary>
    public void Dispose() => _store.Dispose();

    private NearMatch Find(ReadOnlySpan<uint> bandKeys, ReadOnlySpan<ulong> shingles)
    {
        if (shingles.Length == 0)
        {
            return NearMatch.None;
        }

        _candidates.Clear();
        _table.Collect(bandKeys, _candidates);
        _candidates.Sort();
        long last = -1;
        long bestRow = -1;
        double best = _minJaccard;
        foreach (uint candidate in _candidates)
        {
            if (candidate == last)
            {
                continue;
            }

            last = candidate;
            Item item = _items.At(candidate, 0);

            // J is at most the smaller size over the larger: no need to read a set that cannot reach it.
            if (Math.Min(item.Count, shingles.Length) / (double)Math.Max(item.Count, shingles.Length) < best)
            {
                continue;
            }

            Compared++;
            double jaccard = JaccardIndex.AtLeast(shingles, _store.Read(item.Position, item.Count), best);
            if (jaccard > best || (jaccard == best && (bestRow < 0 || item.Row < bestRow)))
            {
                best = jaccard;
                bestRow = item.Row;
            }
        }

        return bestRow < 0 ? NearMatch.None : new NearMatch(bestRow, (float)best);
    }

    private struct Item
    {
        public const int Size = 16;
        public uint Row;
        public int Count;
        public long Position;
    }
}
