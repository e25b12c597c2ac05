using Sluice.Pool.Disk;

namespace Sluice.Pool;

/// <summary>Makes a ledger with a damaged line whole again: each segment's folder holds its line once more.</summary>
internal static class LedgerSalvage
{
    /// <summary>
    /// Mends the ledger of a pool. A segment's own copy of its line counts before the ledger's where all its files are as the copy says, as it is the newer one, and in any case
    /// where the ledger has none. What follows a segment of which no line is left is given up: the next run makes it again.
    /// </summary>
    /// <returns>What was done, a sentence each; empty when the ledger was whole.</returns>
    public static IReadOnlyList<string> Mend(string folder, PoolDisk disk)
    {
        string path = Path.Combine(folder, Ledger.FileName);
        string found = File.Exists(path) ? File.ReadAllText(path) : "";
        List<LedgerRecord> records = [];
        List<string> done = [];
        Dictionary<long, LedgerRecord> lines = [];
        bool isWhole = found.Length == 0 || found.EndsWith('\n');
        foreach (byte[] line in File.Exists(path) ? Lines(File.ReadAllBytes(path)) : [])
        {
            LedgerRecord? record = LedgerLine.Parse(line);
            isWhole &= record is not null;
            if (record is not null)
            {
                lines[record.Segment] = record;
            }
        }

        if (isWhole && Enumerable.Range(0, lines.Count).All(i => lines.ContainsKey(i)))
        {
            return [];
        }

        long next = 0;
        for (long segment = 0; ; segment++)
        {
            LedgerRecord? line = lines.GetValueOrDefault(segment);
            LedgerRecord? own = Own(folder, segment);
            LedgerRecord? record = own is not null && own.FirstRow == next && (line is null || IsWhole(folder, own)) ? own : line?.FirstRow == next ? line : null;
            if (record is null)
            {
                break;
            }

            if (line is null)
            {
                done.Add($"ledger.jsonl: the line of segment {segment} was damaged; it is mended from the segment's own copy.");
            }

            records.Add(record);
            next += record.Rows;
        }

        long lost = lines.Keys.Count(segment => segment >= records.Count);
        if (lost > 0)
        {
            done.Add($"ledger.jsonl: no line is left of segment {records.Count}; it and the {lost} segments after it are made again by the next run.");
        }

        Ledger.Rewrite(folder, records, disk);
        return done.Count > 0 ? done : ["ledger.jsonl: a damaged line that spoke of nothing new is taken out."];
    }

    private static LedgerRecord? Own(string folder, long segment)
    {
        string home = SegmentFiles.PathOf(folder, segment);
        string path = Path.Combine(home, SegmentFiles.Record);
        if (!File.Exists(path))
        {
            return null;
        }

        LedgerRecord? record = LedgerLine.Parse(File.ReadAllBytes(path).AsSpan().TrimEnd((byte)'\n'));
        return record?.Segment == segment ? record : null;
    }

    private static bool IsWhole(string folder, LedgerRecord record) => record.Stored.All(file => PoolVerifier.Compare(SegmentFiles.PathOf(folder, record.Segment), file) is null);

    private static IEnumerable<byte[]> Lines(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', at);
            end = end < 0 ? bytes.Length : end;
            yield return bytes[at..end];
            at = end + 1;
        }
    }
}
