using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Runs;

/// <summary>Brings the dedup indexes to where they stood behind a committed segment. They live in memory; making them again from the kept rows is far cheaper than scoring those.</summary>
internal static class SegmentRestore
{
    private const int BatchRows = 1024;

    /// <summary>Restores one segment after those before it.</summary>
    /// <param name="reader">The pool.</param>
    /// <param name="record">The segment.</param>
    /// <param name="loader">Parses its rows.</param>
    /// <param name="stages">Whose indexes are filled.</param>
    /// <param name="token">Stops.</param>
    public static void Run(PoolReader reader, LedgerRecord record, SegmentLoader loader, StageSet stages, CancellationToken token)
    {
        if (record.Rows == 0)
        {
            return;
        }

        RowBatch[] batches = [.. loader.Load(reader, record, token).Samples.Chunk(BatchRows).Select(samples => new RowBatch { Sequence = record.Segment, Samples = samples, Rejections = [] })];
        Parallel.ForEach(batches, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = loader.Workers }, stages.Prepare);
        foreach (RowBatch batch in batches)
        {
            stages.Exact.Restore(batch, token);
            stages.Near?.Restore(batch, token);
            batch.Release();
        }
    }
}
