using System.Globalization;
using System.Text;
using Sluice.Pool.Disk;

namespace Sluice.Pool;

/// <summary>
/// The append-only list of committed segments, <c>ledger.jsonl</c>: a checked line a segment (<see cref="LedgerLine"/>). A later line of a segment takes the place
/// of the earlier one: its columns were scored again. A damaged last line is an append that a crash cut off: it is dropped, its segment was never acknowledged.
/// </summary>
internal sealed class Ledger
{
    public const string FileName = "ledger.jsonl";
    private const string Area = "ledger";

    private readonly string _path;
    private readonly PoolDisk _disk;
    private readonly List<LedgerRecord> _records;

    private Ledger(string path, PoolDisk disk, List<LedgerRecord> records, string? torn)
    {
        _path = path;
        _disk = disk;
        _records = records;
        Torn = torn;
    }

    /// <summary>The committed segments, in order.</summary>
    public IReadOnlyList<LedgerRecord> Records => _records;

    /// <summary>What is wrong with the end of the file, as one sentence; null when it ends with a whole line.</summary>
    public string? Torn { get; }

    /// <summary>Reads a ledger; an absent one is empty. Throws <see cref="InvalidDataException"/> when a line other than the last is damaged.</summary>
    public static Ledger Open(string folder) => Read(folder, PoolDisk.Plain, mend: false);

    /// <summary>Reads a ledger for writing: a torn last line is cut off the file.</summary>
    public static Ledger OpenForAppend(string folder, PoolDisk disk) => Read(folder, disk, mend: true);

    /// <summary>Puts these records in the place of the whole file.</summary>
    public static void Rewrite(string folder, IEnumerable<LedgerRecord> records, PoolDisk disk) =>
        disk.WriteAllText(Path.Combine(folder, FileName), string.Concat(records.Select(static r => LedgerLine.Of(r) + "\n")), Area);

    /// <summary>Appends a record and syncs it: from then on the segment exists.</summary>
    public void Append(LedgerRecord record)
    {
        if (record.Segment != _records.Count)
        {
            throw new InvalidOperationException($"Segment {record.Segment} was to be committed after segment {_records.Count - 1}. This is a bug.");
        }

        Write(record);
        _records.Add(record);
    }

    /// <summary>Appends a record that takes the place of its segment's earlier one, and syncs it. The rows must be the same.</summary>
    public void Amend(LedgerRecord record)
    {
        if (!IsAmendment(record, _records))
        {
            throw new InvalidOperationException($"Segment {record.Segment} was to be amended with other rows. This is a bug.");
        }

        Write(record);
        _records[(int)record.Segment] = record;
    }

    private static bool IsAmendment(LedgerRecord record, List<LedgerRecord> records) => record.Segment >= 0 && record.Segment < records.Count
        && records[(int)record.Segment] is { } earlier && earlier.FirstRow == record.FirstRow && earlier.Rows == record.Rows && earlier.Counts == record.Counts;

    private void Write(LedgerRecord record) => _disk.Append(_path, Encoding.UTF8.GetBytes(LedgerLine.Of(record) + "\n"), Area);

    private static Ledger Read(string folder, PoolDisk disk, bool mend)
    {
        string path = Path.Combine(folder, FileName);
        List<LedgerRecord> records = [];
        if (!File.Exists(path))
        {
            return new Ledger(path, disk, records, null);
        }

        byte[] bytes = File.ReadAllBytes(path);
        if (mend && bytes.Length > 0)
        {
            // A run that ended before its sync left its line in the system's memory: what is counted on from here must be on the disk.
            disk.Renew(path, bytes.AsSpan(bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n') + 1), Area);
        }

        int at = 0;
        while (at < bytes.Length)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', at);
            LedgerRecord? record = end < 0 ? null : LedgerLine.Parse(bytes.AsSpan(at, end - at));
            bool isAmendment = record is not null && IsAmendment(record, records);
            if (record is null || (record.Segment != records.Count && !isAmendment))
            {
                int line = bytes.AsSpan(0, at).Count((byte)'\n') + 1;
                if (end >= 0 && end != bytes.Length - 1)
                {
                    throw new InvalidDataException($"Line {line} of {path} is damaged: its check does not fit its record. 'sluice repair' on the work directory mends it.");
                }

                if (mend)
                {
                    disk.Truncate(path, at, Area);
                }

                return new Ledger(path, disk, records, string.Create(CultureInfo.InvariantCulture,
                    $"Line {line}, the last, is cut off or damaged: what it spoke of was not acknowledged or is done again by the next run."));
            }

            if (isAmendment)
            {
                records[(int)record.Segment] = record;
            }
            else
            {
                records.Add(record);
            }

            at = end + 1;
        }

        return new Ledger(path, disk, records, null);
    }
}
