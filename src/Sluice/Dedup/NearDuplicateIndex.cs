namespace Sluice.Dedup;

/// <summary>
/// Finds near duplicates among the rows kept so far: candidates by MinHash bands, each verified by the exact Jaccard index. Only rows that
/// repeat none are indexed, so the first row wins. Memory is bounded whatever the number of rows; beyond the bound it reads its scratch files more often. Not safe for
/// concurrent use. Rows are 0 to 2^32 - 1.
/// </summary>
internal sealed class NearDuplicateIndex : IBandKeys, IDisposable
{
    private const int ItemCacheBytes = 1024 * 1024;
    private const int ItemsARead = 256;
    private readonly MinHashSignature _signature;
    private readonly uint[] _keys;
    private readonly double _minJaccard;
    private readonly BandIndex _index;
    private readonly ScratchStore<ulong> _sets;
    private readonly ScratchStore<Item> _items;
    private readonly List<uint> _candidates = [];

    /// <summary>Creates an empty index. Throws <see cref="IOException"/> when the scratch files cannot be made.</summary>
    /// <param name="signature">What the band keys of all rows are made with.</param>
    /// <param name="minJaccard">Least index of a near duplicate.</param>
    /// <param name="scratchPath">Scratch file, deleted on dispose; grows by 8 bytes a shingle of kept rows. Beside it, as files whose names go on, lie 8 bytes a band and 16 a kept row.</param>
    /// <param name="cacheBytes">Memory for the sets of the rows kept last.</param>
    /// <param name="sizes">Memory for the band keys.</param>
    public NearDuplicateIndex(MinHashSignature signature, double minJaccard, string scratchPath, long cacheBytes, BandIndexSizes sizes)
    {
        _signature = signature;
        _keys = new uint[signature.Bands];
        _minJaccard = minJaccard;
        _index = new BandIndex(signature.Bands, scratchPath + ".bands", sizes);
        _sets = new ScratchStore<ulong>(scratchPath, cacheBytes);
        _items = new ScratchStore<Item>(scratchPath + ".items", ItemCacheBytes, ItemsARead);
    }

    /// <summary>Rows indexed.</summary>
    public long Count => _index.Count;

    /// <summary>Candidate pairs compared exactly so far.</summary>
    public long Compared { get; private set; }

    /// <summary>Reads of the scratch files so far.</summary>
    public long FileReads => _index.FileReads + _sets.FileReads + _items.FileReads;

    /// <summary>Bytes of memory held, without the cache.</summary>
    public long Bytes => _index.Bytes + _items.Bytes;

    /// <summary>Bytes of scratch disk that a kept row takes beside its shingles.</summary>
    public static int DiskBytesARow(int bands) => (bands * BandEntry.Size) + Item.Size;

    /// <summary>The kept row of highest Jaccard index, the lowest row on ties; when none reaches the threshold the row itself is kept and indexed.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="bandKeys">The set's keys, one a band.</param>
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

    /// <summary>Asks the memory for what the next row needs, while the one before is at work.</summary>
    public void Prefetch(ReadOnlySpan<uint> bandKeys) => _index.Prefetch(bandKeys);

    /// <summary>Indexes a row known to be kept, when a run is resumed.</summary>
    public void Add(long row, ReadOnlySpan<uint> bandKeys, ReadOnlySpan<ulong> shingles)
    {
        if (shingles.Length == 0)
        {
            return;
        }

        Item item = new() { Row = checked((uint)row), Count = shingles.Length, Position = _sets.Append(shingles) };
        _items.Append(new ReadOnlySpan<Item>(in item));
        _index.Add(bandKeys);
    }

    /// <summary>Closes and deletes the scratch files.</summary>
    public void Dispose()
    {
        _index.Dispose();
        _sets.Dispose();
        _items.Dispose();
    }

    /// <inheritdoc/>
    ReadOnlySpan<uint> IBandKeys.Of(uint item)
    {
        Item stored = _items.Read(item, 1)[0];
        _signature.ComputeBandKeys(_sets.Read(stored.Position, stored.Count), _keys);
        return _keys;
    }

    private NearMatch Find(ReadOnlySpan<uint> bandKeys, ReadOnlySpan<ulong> shingles)
    {
        if (shingles.Length == 0)
        {
            return NearMatch.None;
        }

        _candidates.Clear();
        _index.Collect(bandKeys, _candidates, this);
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
            Item item = _items.Read(candidate, 1)[0];

            // J is at most the smaller size over the larger: no need to read a set that cannot reach it.
            if (Math.Min(item.Count, shingles.Length) / (double)Math.Max(item.Count, shingles.Length) < best)
            {
                continue;
            }

            Compared++;
            double jaccard = JaccardIndex.AtLeast(shingles, _sets.Read(item.Position, item.Count), best);
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
