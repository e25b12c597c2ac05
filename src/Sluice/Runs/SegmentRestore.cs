using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Runs;

/// <summary>Brings the dedup indexes to where they stood behind a committed segment. They live in memory; making them again from the kept rows is far cheaper than scoring those.</summary>
internal static class SegmentRestore
{
    /// <summary>Restores one segment after those before it.</summary>
    public static void Run(PoolReader reader, LedgerRecord record, SegmentLoader loader, StageSet stages, CancellationToken token)
    {
        if (record.Rows > 0)
        {
            RowBatch batch = loader.Load(reader, record, stages, token);
            stages.Exact.Restore(batch, token);
            stages.Near?.Restore(batch, token);
        }
    }
}
