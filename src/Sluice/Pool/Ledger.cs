using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Pool;

/// <summary>
/// The append-only list of committed segments, <c>ledger.jsonl</c>: a line a segment, <c>{"check":..., "record":{...}}</c>, the check being the first 16 hex digits
/// of the SHA-256 of the record's bytes. A later line of a segment takes the place of the earlier one: its columns were scored again. A torn last line is an append that a crash cut off: it is dropped, its segment was never acknowledged.
/// </summary>
internal sealed class Ledger
{
    public const string FileName = "ledger.jsonl";

    private readonly string _path;
    private readonly List<LedgerRecord> _records;

    private Ledger(string path, List<LedgerRecord> records)
    {
        _path = path;
        _records = records;
    }

    /// <summary>The committed segments, in order.</summary>
    public IReadOnlyList<LedgerRecord> Records => _records;

    /// <summary>Reads a ledger; an absent one is empty. Throws <see cref="InvalidDataException"/> when a line other than the last is damaged.</summary>
    public static Ledger Open(string folder) => Read(folder, mend: false);

    /// <summary>Reads a ledger for writing: a torn last line is cut off the file.</summary>
    public static Ledger OpenForAppend(string folder) => Read(folder, mend: true);

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

    private void Write(LedgerRecord record)
    {
        byte[] line = Encoding.UTF8.GetBytes(Line(record) + "\n");
        bool isNew = !File.Exists(_path);
        using (FileStream stream = new(_path, FileMode.Append, FileAccess.Write, FileShare.Read))
        {
            stream.Write(line);
            stream.Flush(flushToDisk: true);
        }

        if (isNew)
        {
            Durable.SyncFolder(Path.GetDirectoryName(_path)!);
        }
    }

    private static Ledger Read(string folder, bool mend)
    {
        string path = Path.Combine(folder, FileName);
        List<LedgerRecord> records = [];
        if (!File.Exists(path))
        {
            return new Ledger(path, records);
        }

        byte[] bytes = File.ReadAllBytes(path);
        int at = 0;
        while (at < bytes.Length)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', at);
            LedgerRecord? record = end < 0 ? null : Parse(bytes.AsSpan(at, end - at));
            bool isAmendment = record is not null && IsAmendment(record, records);
            if (record is null || (record.Segment != records.Count && !isAmendment))
            {
                if (end >= 0 && end != bytes.Length - 1)
                {
                    throw new InvalidDataException($"Line {bytes.AsSpan(0, at).Count((byte)'\n') + 1} of {path} is damaged: its check does not fit its record. Run 'sluice verify' on the folder; 'sluice run --fresh' starts anew.");
                }

                if (mend)
                {
                    using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.None);
                    stream.SetLength(at);
                    stream.Flush(flushToDisk: true);
                }

                break;
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

        return new Ledger(path, records);
    }

    private static string Line(LedgerRecord record)
    {
        string json = JsonSerializer.Serialize(record, PoolJson.Options);
        return $"{{\"check\":\"{Check(Encoding.UTF8.GetBytes(json))}\",\"record\":{json}}}";
    }

    private static LedgerRecord? Parse(ReadOnlySpan<byte> line)
    {
        const int Before = 38; // {"check":"0123456789abcdef","record":
        if (line.Length <= Before || line[^1] != (byte)'}')
        {
            return null;
        }

        ReadOnlySpan<byte> json = line[(Before - 1)..^1];
        if (!line[10..26].SequenceEqual(Encoding.ASCII.GetBytes(Check(json))))
        {
            return null;
        }

        return JsonSerializer.Deserialize<LedgerRecord>(json, PoolJson.Options);
    }

    private static string Check(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json))[..16];
}
