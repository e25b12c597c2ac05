using System.Runtime.CompilerServices;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs.DryRun;

/// <summary>Reads the first rows of the input, in source order and in the batches of a run; the last batch is cut.</summary>
/// <param name="sources">Reads files.</param>
/// <param name="batchRows">Rows of a batch at most.</param>
/// <param name="batchBytes">Raw bytes of a batch at most.</param>
internal sealed class FirstRows(ISource sources, int batchRows, long batchBytes)
{
    /// <summary>Rows given so far, those that cannot be framed included.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the input was at its end before there were as many as asked for.</summary>
    public bool IsAll { get; private set; }

    /// <summary>The rows, with the place that the sample's flow counts them at.</summary>
    /// <param name="files">The input, in reading order.</param>
    /// <param name="limit">Rows to read.</param>
    /// <param name="token">Ends the reading.</param>
    public async IAsyncEnumerable<(int Place, SourceFile File, RawChunk Chunk)> ReadAsync(IReadOnlyList<SourceFile> files, long limit, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (SourceFile file in files)
        {
            await foreach (RawChunk chunk in sources.ReadAsync(file, SourcePosition.Start, batchRows, batchBytes, token))
            {
                long left = limit - Count;
                if (left == 0)
                {
                    // A row more than asked for: the input goes on.
                    yield break;
                }

                RawChunk taken = chunk.Rows.Count <= left ? chunk : Cut(chunk, (int)left);
                Count += taken.Rows.Count;
                yield return (0, file, taken);
                if (taken.Rows.Count < chunk.Rows.Count)
                {
                    yield break;
                }
            }
        }

        IsAll = true;
    }

    private static RawChunk Cut(RawChunk chunk, int rows)
    {
        RowOrigin next = chunk.Rows[rows].Origin;
        return chunk with { Rows = [.. chunk.Rows.Take(rows)], Next = new SourcePosition(next.Offset, next.Number - 1), End = false };
    }
}
