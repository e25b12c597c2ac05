using Sluice.Pool;

namespace Sluice.Runs;

/// <summary>The work directory's <c>rejects.jsonl</c>: those of all committed segments, in order. Made anew, so it is never ahead of the ledger nor behind.</summary>
internal static class RejectsFile
{
    public const string FileName = "rejects.jsonl";

    public static void Write(string work, string pool, IReadOnlyList<LedgerRecord> records)
    {
        string path = Path.Combine(work, FileName);
        using (FileStream to = new(path + Durable.Partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            foreach (LedgerRecord record in records)
            {
                using FileStream from = new(Path.Combine(SegmentFiles.PathOf(pool, record.Segment), SegmentFiles.Rejects), FileMode.Open, FileAccess.Read);
                from.CopyTo(to);
            }

            to.Flush(flushToDisk: true);
        }

        Durable.Publish(path + Durable.Partial, path);
    }
}
