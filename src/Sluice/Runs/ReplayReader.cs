using System.Runtime.CompilerServices;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>Sends mended rows into the flow as batches of one file each, in the order given. All of them make up one segment.</summary>
internal sealed class ReplayReader(FlowOptions flow, FlowBudget budget)
{
    /// <summary>Streams the batches.</summary>
    public async IAsyncEnumerable<RawBatch> ReadAsync(PoolPlan plan, IReadOnlyList<RawRow> rows, long segment, [EnumeratorCancellation] CancellationToken token)
    {
        long sequence = 0;
        for (int start = 0; start < rows.Count;)
        {
            int file = rows[start].Origin.File;
            int end = start;
            long bytes = 0;
            for (; end < rows.Count && end - start < flow.BatchRows && rows[end].Origin.File == file && (end == start || bytes < flow.BatchBytes); end++)
            {
                bytes += rows[end].Bytes.Length;
            }

            await budget.AcquireAsync(end - start, bytes, token);
            yield return new RawBatch
            {
                Sequence = sequence++,
                Segment = segment,
                ClosesSegment = false,
                File = plan.Files[file].ToSource(),
                Chunk = new RawChunk([.. rows.Skip(start).Take(end - start)], default, End: false),
                Bytes = bytes,
            };
            start = end;
        }
    }
}
