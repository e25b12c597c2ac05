using System.Text;
using Sluice.Pool.Disk;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>The segment being filled: rows go to disk at once (under a partial name), columns are held until the commit.</summary>
internal sealed class OpenSegment : IDisposable
{
    private const string Area = "segment";
    private readonly PoolDisk _disk;
    private readonly DiskFile _rows;
    private readonly DiskFile _rejects;
    private readonly List<long> _file = [];
    private readonly List<long> _number = [];
    private readonly List<long> _offset = [];
    private readonly List<long> _start = [];
    private readonly List<long> _length = [];
    private readonly List<long> _hashHigh = [];
    private readonly List<long> _hashLow = [];
    private readonly List<long> _duplicateOf = [];
    private readonly List<double> _similarity = [];
    private readonly Dictionary<string, List<ColumnData>> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<int, RowCounts> _counts = [];

    public OpenSegment(string final, PoolDisk disk)
    {
        _disk = disk;
        Final = final;
        Partial = final + PoolDisk.Partial;
        disk.Delete(Partial, "cleanup");
        Directory.CreateDirectory(Partial);
        _rows = disk.Create(Path.Combine(Partial, SegmentFiles.Rows), Area);
        _rejects = disk.Create(Path.Combine(Partial, SegmentFiles.Rejects), Area);
    }

    public string Final { get; }

    public string Partial { get; }

    public int Rows => _file.Count;

    public RowCounts Counts => _counts.Values.Aggregate(default(RowCounts), static (a, b) => a + b);

    public IReadOnlyList<FileCounts> CountsByFile => [.. _counts.OrderBy(c => c.Key).Select(c => new FileCounts(c.Key, c.Value))];

    /// <summary>Appends a batch: its rows, its columns, its rejections.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="fileNames">Names of the planned files.</param>
    /// <param name="isReplay">Whether its rows were read and rejected before: then they are not read again, and as many fewer are rejected.</param>
    public void Append(RowBatch batch, IReadOnlyList<string> fileNames, bool isReplay = false)
    {
        long duplicates = 0;
        long exact = 0;
        foreach (Sample sample in batch.Samples)
        {
            _file.Add(sample.Origin.File);
            _number.Add(sample.Origin.Number);
            _offset.Add(sample.Origin.Offset);
            _start.Add(_rows.Position);
            _length.Add(sample.Raw.Length);
            _hashHigh.Add((long)(ulong)(sample.ContentHash >> 64));
            _hashLow.Add((long)(ulong)sample.ContentHash);
            _duplicateOf.Add(sample.IsDuplicate ? sample.DuplicateOf : IntegerData.Missing);
            _similarity.Add(sample.Similarity);
            duplicates += sample.IsDuplicate ? 1 : 0;
            exact += sample.IsExactDuplicate ? 1 : 0;
            _rows.Write(sample.Raw.Span);
            _rows.WriteByte((byte)'\n');
        }

        foreach ((string name, ColumnData data) in batch.Columns)
        {
            if (data.Count != batch.Samples.Count)
            {
                throw new InvalidOperationException($"Column '{name}' holds {data.Count} values for {batch.Samples.Count} rows. This is a bug.");
            }

            if (data.Count == 0)
            {
                continue;
            }

            if (!_columns.TryGetValue(name, out List<ColumnData>? chunks))
            {
                _columns[name] = chunks = [];
            }

            chunks.Add(data);
        }

        foreach (Rejection rejection in batch.Rejections)
        {
            RejectLine.Write(_rejects, rejection, fileNames[rejection.Origin.File]);
        }

        RowCounts counts = isReplay
            ? new(0, batch.Samples.Count - duplicates, duplicates, -batch.Samples.Count, exact)
            : new(batch.Read, batch.Samples.Count - duplicates, duplicates, batch.Rejections.Count, exact);
        _counts[batch.File] = _counts.GetValueOrDefault(batch.File) + counts;
    }

    /// <summary>Writes all files under the partial name and syncs them. Duplicate columns are left out when <paramref name="withDuplicates"/> is false.</summary>
    public (IReadOnlyList<StoredFile> Files, IReadOnlyList<StoredColumn> Columns) Finish(
        ITableFiles tables, IReadOnlyDictionary<string, string> fingerprints, bool withDuplicates)
    {
        // The disk takes each file while the next is made; the syncs below then wait for little.
        List<SideWork?> hastened = [_rows.Hasten(), _rejects.Hasten()];
        List<StoredColumn> columns = [];
        if (Rows > 0)
        {
            string index = Path.Combine(Partial, SegmentFiles.Index);
            _disk.Native(index, "column", () => tables.Write(index,
            [
                new("file", new IntegerData([.. _file])),
                new("number", new IntegerData([.. _number])),
                new("offset", new IntegerData([.. _offset])),
                new("start", new IntegerData([.. _start])),
                new("bytes", new IntegerData([.. _length])),
                new("hash_high", new IntegerData([.. _hashHigh])),
                new("hash_low", new IntegerData([.. _hashLow])),
            ]));
            hastened.Add(_disk.Hasten(index));
            if (withDuplicates)
            {
                Add(PoolColumns.DuplicateOf, new IntegerData([.. _duplicateOf]));
                Add(PoolColumns.Similarity, new NumberData([.. _similarity]));
            }

            foreach ((string name, List<ColumnData> chunks) in _columns.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                Add(name, ColumnJoin.Join(name, chunks));
            }
        }

        hastened.ForEach(static work => work?.Complete());
        _rows.Sync();
        _rows.Dispose();
        _rejects.Sync();
        _rejects.Dispose();
        List<StoredFile> files = [];
        foreach (string path in Directory.EnumerateFiles(Partial).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (name is not SegmentFiles.Rows and not SegmentFiles.Rejects)
            {
                _disk.SyncFile(path, Area);
            }

            files.Add(SegmentFiles.Describe(Partial, name));
        }

        return (files, columns);

        void Add(string name, ColumnData data)
        {
            if (data.Count != Rows)
            {
                throw new InvalidOperationException($"Column '{name}' holds {data.Count} values for {Rows} rows of the segment. This is a bug.");
            }

            StoredColumn column = SegmentFiles.WriteColumn(_disk, tables, Partial, name, data, fingerprints.GetValueOrDefault(name, ""));
            hastened.Add(_disk.Hasten(Path.Combine(Partial, column.File)));
            columns.Add(column);
        }
    }

    /// <summary>Puts the record beside the files that it names, and syncs the folder: a damaged line of the ledger is mended from it.</summary>
    public void Describe(LedgerRecord record)
    {
        using (DiskFile file = _disk.Create(Path.Combine(Partial, SegmentFiles.Record), Area))
        {
            file.Write(Encoding.UTF8.GetBytes(LedgerLine.Of(record) + "\n"));
            file.Sync();
        }

        _disk.SyncFolder(Partial, Area);
    }

    /// <summary>Closes the files and, where the segment was not published, gives its room back as far as the disk lets it: the next start deletes what is left.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        _rejects.Dispose();
        try
        {
            _disk.Delete(Partial, "cleanup");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The fault that brought us here is the one to report.
        }
    }
}
