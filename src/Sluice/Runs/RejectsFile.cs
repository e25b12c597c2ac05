using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Runs;

/// <summary>The work directory's <c>rejects.jsonl</c>: those of all committed segments, in order. Made anew, so it is never ahead of the ledger nor behind.</summary>
internal static class RejectsFile
{
    public const string FileName = "rejects.jsonl";
    private const string Area = "rejects";

    public static void Write(string work, string pool, IReadOnlyList<LedgerRecord> records, PoolDisk disk)
    {
        string path = Path.Combine(work, FileName);
        using (DiskFile to = disk.Create(path + PoolDisk.Partial, Area))
        {
            foreach (LedgerRecord record in records)
            {
                using FileStream from = new(Path.Combine(SegmentFiles.PathOf(pool, record.Segment), SegmentFiles.Rejects), FileMode.Open, FileAccess.Read);
                from.CopyTo(to);
            }

            to.Sync();
        }

        disk.Publish(path + PoolDisk.Partial, path, Area);
    }
}
