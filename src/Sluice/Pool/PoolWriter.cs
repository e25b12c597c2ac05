using System.Diagnostics;
using Sluice.Diagnostics;
using Sluice.Pool.Disk;
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
    private readonly bool _withDuplicates;
    private readonly Ledger _ledger;
    private readonly PoolDisk _disk;
    private OpenSegment? _open;
    private RowBatch? _last;

    /// <param name="folder">The pool's folder; created when absent.</param>
    /// <param name="plan">Names of the input files.</param>
    /// <param name="tables">Writes columns.</param>
    /// <param name="fingerprints">Column name to what makes it.</param>
    /// <param name="withDuplicates">Whether rows carry the dedup stages' findings.</param>
    /// <param name="disk">Where changes go through; the disk as it is when null.</param>
    public PoolWriter(
        string folder, PoolPlan plan, ITableFiles tables, IReadOnlyDictionary<string, string> fingerprints, bool withDuplicates, PoolDisk? disk = null)
    {
        _disk = disk ?? PoolDisk.Plain;
        _folder = folder;
        _tables = tables;
        _fingerprints = fingerprints;
        _withDuplicates = withDuplicates;
        FileNames = [.. plan.Files.Select(f => f.Name)];
        _disk.CreateFolder(Path.Combine(folder, SegmentFiles.Folder), "segments");
        _ledger = Ledger.OpenForAppend(folder, _disk);
        DeleteUnnamed();
        NextRow = _ledger.Records.Sum(r => r.Rows);
        Counts = _ledger.Records.Aggregate(default(RowCounts), static (a, r) => a + r.Counts);
    }

    /// <summary>Names of the planned files; files may follow those that are there.</summary>
    public IReadOnlyList<string> FileNames { get; set; }

    /// <summary>Called after each commit of new rows.</summary>
    public Action? Committing { get; set; }

    /// <summary>The file of mended rejects that the batches come from; null when they come from the input.</summary>
    public StoredFile? Replay { get; set; }

    /// <summary>The committed segments.</summary>
    public IReadOnlyList<LedgerRecord> Committed => _ledger.Records;

    /// <summary>Rows committed.</summary>
    public long NextRow { get; private set; }

    /// <summary>Rows by fate, committed.</summary>
    public RowCounts Counts { get; private set; }

    /// <summary>Takes the next batch and commits the segment when the batch closes it.</summary>
    public void Append(RowBatch batch)
    {
        _open ??= new OpenSegment(SegmentFiles.PathOf(_folder, _ledger.Records.Count), _disk);
        _open.Append(batch, FileNames, Replay is not null);
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

        using Activity? activity = Telemetry.Source.StartActivity(Telemetry.SegmentCommit);
        RowCounts counts = _open.Counts;
        if (!counts.Holds || counts.Annotated + counts.Duplicate != _open.Rows)
        {
            throw new InvalidOperationException($"Segment {_ledger.Records.Count} read {counts.Read} rows but holds {counts.Annotated} annotated, {counts.Duplicate} duplicate and {counts.Rejected} rejected ones. This is a bug.");
        }

        (IReadOnlyList<StoredFile> files, IReadOnlyList<StoredColumn> columns) = _open.Finish(_tables, _fingerprints, _withDuplicates);
        LedgerRecord? before = Replay is null || _ledger.Records.Count == 0 ? null : _ledger.Records[^1];
        LedgerRecord record = new()
        {
            Segment = _ledger.Records.Count,
            FirstRow = NextRow,
            Rows = _open.Rows,
            Counts = counts,
            Files = _open.CountsByFile,
            // Mended rejects move nothing on: reading goes on where it stood.
            NextFile = before?.NextFile ?? (_last.EndsFile ? _last.File + 1 : _last.File),
            NextOffset = before?.NextOffset ?? (_last.EndsFile ? 0 : _last.NextOffset),
            NextNumber = before?.NextNumber ?? (_last.EndsFile ? 0 : _last.NextNumber),
            Replay = Replay,
            Stored = files,
            Columns = columns,
        };
        _open.Describe(record);
        _disk.Publish(_open.Partial, _open.Final, "segments");
        _ledger.Append(record);
        activity?.SetTag("segment", record.Segment).SetTag("rows", record.Rows).SetTag("read", counts.Read).SetTag("pool", _folder);
        NextRow += _open.Rows;
        Counts += counts;
        _open.Dispose();
        _open = null;
        _last = null;
        Committing?.Invoke();
    }

    /// <summary>
    /// Puts columns in the place of a committed segment's, or beside them: files under a partial name, synced, renamed into the segment's folder, which is synced;
    /// then one ledger record, synced. What it replaces is deleted by the next start, so that a reader at work keeps its files.
    /// </summary>
    public void Amend(int segment, IReadOnlyDictionary<string, ColumnData> columns)
    {
        LedgerRecord record = _ledger.Records[segment];
        string final = SegmentFiles.PathOf(_folder, segment);
        string partial = final + ".columns" + PoolDisk.Partial;
        _disk.Delete(partial, "cleanup");
        Directory.CreateDirectory(partial);
        List<StoredColumn> stored = [];
        List<StoredFile> files = [];
        foreach ((string name, ColumnData data) in columns.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (data.Count != record.Rows)
            {
                throw new InvalidOperationException($"Column '{name}' holds {data.Count} values for {record.Rows} rows of segment {segment}. This is a bug.");
            }

            StoredColumn column = SegmentFiles.WriteColumn(_disk, _tables, partial, name, data, _fingerprints.GetValueOrDefault(name, ""));
            string written = Path.Combine(partial, column.File);
            _disk.SyncFile(written, "columns");
            column = column with { File = SegmentFiles.NextName(final, column.File) };
            _disk.Rename(written, Path.Combine(final, column.File), "columns");
            stored.Add(column);
            files.Add(SegmentFiles.Describe(final, column.File));
        }

        _disk.Delete(partial, "cleanup");
        HashSet<string> replaced = [.. record.Columns.Where(c => columns.ContainsKey(c.Name)).Select(c => c.File)];
        LedgerRecord amended = record with
        {
            Stored = [.. record.Stored.Where(f => !replaced.Contains(f.Name)), .. files],
            Columns = [.. record.Columns.Where(c => !columns.ContainsKey(c.Name)), .. stored],
        };
        WriteRecord(amended);
        _ledger.Amend(amended);
    }

    /// <summary>
    /// Puts a segment that was done again in the place of a damaged one: the damaged folder is moved aside, the new one renamed into its place; a ledger record only when
    /// what it says has changed. Throws <see cref="InvalidDataException"/> when the rows are not those that were committed.
    /// </summary>
    public void Replace(int segment, OpenSegment redone)
    {
        LedgerRecord record = _ledger.Records[segment];
        if (redone.Rows != record.Rows || redone.Counts != record.Counts || !redone.CountsByFile.SequenceEqual(record.Files))
        {
            RowCounts found = redone.Counts;
            throw new InvalidDataException($"Segment {segment} done again has other rows: found {found.Read} read, {found.Annotated} annotated, {found.Duplicate} duplicate, {found.Rejected} rejected, expected {record.Counts.Read}, {record.Counts.Annotated}, {record.Counts.Duplicate}, {record.Counts.Rejected} as in the ledger. Start anew with 'sluice run --fresh'.");
        }

        (IReadOnlyList<StoredFile> files, IReadOnlyList<StoredColumn> columns) = redone.Finish(_tables, _fingerprints, _withDuplicates);
        LedgerRecord mended = record with { Stored = files, Columns = columns };
        redone.Describe(mended);
        string aside = redone.Final + ".damaged" + PoolDisk.Partial;
        _disk.Delete(aside, "cleanup");
        if (Directory.Exists(redone.Final))
        {
            _disk.Rename(redone.Final, aside, "segments");
        }

        _disk.Publish(redone.Partial, redone.Final, "segments");
        if (LedgerLine.Of(mended) != LedgerLine.Of(record))
        {
            _ledger.Amend(mended);
        }

        _disk.Delete(aside, "cleanup");
    }

    /// <inheritdoc/>
    public void Dispose() => _open?.Dispose();

    private void DeleteUnnamed()
    {
        // Of a rename a power cut may leave both names.
        foreach (string file in Directory.GetFiles(_folder, "*" + PoolDisk.Partial))
        {
            _disk.Delete(file, "cleanup");
        }

        string segments = Path.Combine(_folder, SegmentFiles.Folder);
        HashSet<string> named = [.. _ledger.Records.Select(r => SegmentFiles.PathOf(_folder, r.Segment))];
        foreach (string folder in Directory.EnumerateDirectories(segments))
        {
            if (!named.Contains(folder))
            {
                _disk.Delete(folder, "cleanup");
            }
        }

        string replays = Path.Combine(_folder, SegmentFiles.Replays);
        HashSet<string?> kept = [.. _ledger.Records.Select(r => r.Replay?.Name)];
        foreach (string file in Directory.Exists(replays) ? Directory.GetFiles(replays) : [])
        {
            if (!kept.Contains(Path.GetFileName(file)))
            {
                _disk.Delete(file, "cleanup");
            }
        }

        foreach (LedgerRecord record in _ledger.Records)
        {
            HashSet<string> stored = [.. record.Stored.Select(f => f.Name)];
            string home = SegmentFiles.PathOf(_folder, record.Segment);
            if (!Directory.Exists(home))
            {
                // Named by PoolVerifier.CheckSizes before anything reads it; a repair makes it again.
                continue;
            }

            foreach (string file in Directory.EnumerateFiles(home).Where(f => !stored.Contains(Path.GetFileName(f)) && Path.GetFileName(f) != SegmentFiles.Record))
            {
                _disk.Delete(file, "cleanup");
            }

            // Written before the ledger's line, so a crash in between leaves it ahead.
            string path = Path.Combine(home, SegmentFiles.Record);
            if (!File.Exists(path) || File.ReadAllText(path) != LedgerLine.Of(record) + "\n")
            {
                WriteRecord(record);
            }
        }
    }

    private void WriteRecord(LedgerRecord record) =>
        _disk.WriteAllText(Path.Combine(SegmentFiles.PathOf(_folder, record.Segment), SegmentFiles.Record), LedgerLine.Of(record) + "\n", "columns");
}
