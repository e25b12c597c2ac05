using Sluice.Records;

namespace Sluice.Pool;

/// <summary>
/// Fills a pool segment by segment. A segment is committed by: files under a partial name, synced; the folder renamed, its parent synced; one ledger record
/// appended, synced. Whatever a crash leaves half done is under a partial name, or is a folder that the ledger does not name: both are deleted on the next start.
/// </summary>
internal sealed class PoolWriter : IDisposable
{
    private readonly string _folder;
    private readonly ITableFiles _tables;
    private readonly IReadOnlyDictionary<string, string> _fingerprints;
    private readonly IReadOnlyList<string> _fileNames;
    private readonly bool _withDuplicates;
    private readonly Ledger _ledger;
    private OpenSegment? _open;
    private RowBatch? _last;

    /// <param name="folder">The pool's folder; created when absent.</param>
    /// <param name="plan">Names of the input files.</param>
    /// <param name="tables">Writes columns.</param>
    /// <param name="fingerprints">Column name to what makes it.</param>
    /// <param name="withDuplicates">Whether rows carry the dedup stages' findings.</param>
    public PoolWriter(string folder, PoolPlan plan, ITableFiles tables, IReadOnlyDictionary<string, string> fingerprints, bool withDuplicates)
    {
        _folder = folder;
        _tables = tables;
        _fingerprints = fingerprints;
        _withDuplicates = withDuplicates;
        _fileNames = [.. plan.Files.Select(f => f.Name)];
        Directory.CreateDirectory(Path.Combine(folder, SegmentFiles.Folder));
        _ledger = Ledger.OpenForAppend(folder);
        DeleteUnnamed();
        NextRow = _ledger.Records.Sum(r => r.Rows);
        Counts = _ledger.Records.Aggregate(default(RowCounts), static (a, r) => a + r.Counts);
    }

    /// <summary>The committed segments.</summary>
    public IReadOnlyList<LedgerRecord> Committed => _ledger.Records;

    /// <summary>Rows committed.</summary>
    public long NextRow { get; private set; }

    /// <summary>Rows by fate, committed.</summary>
    public RowCounts Counts { get; private set; }

    /// <summary>Takes the next batch and commits the segment when the batch closes it.</summary>
    public void Append(RowBatch batch)
    {
        _open ??= new OpenSegment(SegmentFiles.PathOf(_folder, _ledger.Records.Count));
        _open.Append(batch, _fileNames);
        _last = batch;
        if (batch.ClosesSegment)
        {
            Commit();
        }
    }

    /// <summary>Commits the segment being filled, when there is one: called once the input has ended.</summary>
    public void Commit()
    {
        if (_open is null || _last is null)
        {
            return;
        }

        RowCounts counts = _open.Counts;
        if (!counts.Holds || counts.Annotated + counts.Duplicate != _open.Rows)
        {
            throw new InvalidOperationException($"Segment {_ledger.Records.Count} read {counts.Read} rows but holds {counts.Annotated} annotated, {counts.Duplicate} duplicate and {counts.Rejected} rejected ones. This is a bug.");
        }

        (IReadOnlyList<StoredFile> files, IReadOnlyList<StoredColumn> columns) = _open.Finish(_tables, _fingerprints, _withDuplicates);
        Durable.Publish(_open.Partial, _open.Final);
        _ledger.Append(new LedgerRecord
        {
            Segment = _ledger.Records.Count,
            FirstRow = NextRow,
            Rows = _open.Rows,
            Counts = counts,
            Files = _open.CountsByFile,
            NextFile = _last.EndsFile ? _last.File + 1 : _last.File,
            NextOffset = _last.EndsFile ? 0 : _last.NextOffset,
            NextNumber = _last.EndsFile ? 0 : _last.NextNumber,
            Stored = files,
            Columns = columns,
        });
        NextRow += _open.Rows;
        Counts += counts;
        _open.Dispose();
        _open = null;
        _last = null;
    }

    /// <summary>
    /// Puts columns in the place of a committed segment's, or beside them: files under a partial name, synced, renamed into the segment's folder, which is synced;
    /// then one ledger record, synced. What it replaces is deleted by the next start, so that a reader at work keeps its files.
    /// </summary>
    public void Amend(int segment, IReadOnlyDictionary<string, ColumnData> columns)
    {
        LedgerRecord record = _ledger.Records[segment];
        string final = SegmentFiles.PathOf(_folder, segment);
        string partial = final + ".columns" + Durable.Partial;
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        Directory.CreateDirectory(partial);
        List<StoredColumn> stored = [];
        List<StoredFile> files = [];
        foreach ((string name, ColumnData data) in columns.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (data.Count != record.Rows)
            {
                throw new InvalidOperationException($"Column '{name}' holds {data.Count} values for {record.Rows} rows of segment {segment}. This is a bug.");
            }

            StoredColumn column = SegmentFiles.WriteColumn(_tables, partial, name, data, _fingerprints.GetValueOrDefault(name, ""));
            string written = Path.Combine(partial, column.File);
            Durable.SyncFile(written);
            column = column with { File = SegmentFiles.NextName(final, column.File) };
            File.Move(written, Path.Combine(final, column.File));
            stored.Add(column);
            files.Add(SegmentFiles.Describe(final, column.File));
        }

        Directory.Delete(partial, recursive: true);
        Durable.SyncFolder(final);
        HashSet<string> replaced = [.. record.Columns.Where(c => columns.ContainsKey(c.Name)).Select(c => c.File)];
        _ledger.Amend(record with
        {
            Stored = [.. record.Stored.Where(f => !replaced.Contains(f.Name)), .. files],
            Columns = [.. record.Columns.Where(c => !columns.ContainsKey(c.Name)), .. stored],
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _open?.Dispose();

    private void DeleteUnnamed()
    {
        string segments = Path.Combine(_folder, SegmentFiles.Folder);
        HashSet<string> named = [.. _ledger.Records.Select(r => SegmentFiles.PathOf(_folder, r.Segment))];
        foreach (string folder in Directory.EnumerateDirectories(segments))
        {
            if (!named.Contains(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        foreach (LedgerRecord record in _ledger.Records)
        {
            HashSet<string> stored = [.. record.Stored.Select(f => f.Name)];
            foreach (string file in Directory.EnumerateFiles(SegmentFiles.PathOf(_folder, record.Segment)).Where(f => !stored.Contains(Path.GetFileName(f))))
            {
                File.Delete(file);
            }
        }
    }
}
