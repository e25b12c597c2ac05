using System.Runtime.CompilerServices;
using Sluice.Pool;
using Sluice.Sources;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>
/// Reads the planned files one after another from a place in the input, and decides where batches and segments end: by rows and bytes of the input alone, so a
/// resumed run cuts them exactly as an undisturbed one. Before a segment or a file ends it looks whether the file is still the one that was planned.
/// </summary>
internal sealed class InputReader(ISource sources, FlowOptions flow, PoolOptions pool, FlowBudget budget, FileStamps stamps)
{
    /// <summary>Streams batches, each admitted by the flow's budget first. Throws <see cref="IOException"/> when a file changed since its stamp was taken.</summary>
    /// <param name="files">The plan.</param>
    /// <param name="file">File to go on with; the number of files when all is read.</param>
    /// <param name="from">Place in that file.</param>
    /// <param name="segment">Number of the next segment.</param>
    /// <param name="token">Ends the reading.</param>
    public async IAsyncEnumerable<RawBatch> ReadAsync(
        IReadOnlyList<PlannedFile> files, int file, SourcePosition from, long segment, [EnumeratorCancellation] CancellationToken token)
    {
        long sequence = 0;
        long rows = 0;
        long bytes = 0;
        for (int i = file; i < files.Count; i++)
        {
            SourceFile source = files[i].ToSource();
            SourcePosition start = i == file ? from : SourcePosition.Start;
            await foreach (RawChunk chunk in sources.ReadAsync(source, start, flow.BatchRows, flow.BatchBytes, token))
            {
                long chunkBytes = chunk.Bytes;
                rows += chunk.Rows.Count;
                bytes += chunkBytes;
                bool closes = rows >= pool.SegmentRows || bytes >= pool.SegmentBytes;
                if (closes || chunk.End)
                {
                    stamps.Check(source);
                }

                await budget.AcquireAsync(chunk.Rows.Count, chunkBytes, token);
                yield return new RawBatch { Sequence = sequence++, Segment = segment, ClosesSegment = closes, File = source, Chunk = chunk, Bytes = chunkBytes };
                if (closes)
                {
                    segment++;
                    rows = 0;
                    bytes = 0;
                }
            }
        }
    }
}
