using System.Runtime.CompilerServices;
using Sluice.Records;

namespace Sluice.Sources.Parquet;

/// <summary>Reads the rows of Parquet files as JSON objects. Offset and number of a place are both the count of rows before it.</summary>
/// <param name="limits">Bytes of one row at most.</param>
/// <param name="tables">Reads the files.</param>
internal sealed class ParquetSource(SourceLimits limits, IParquetRows tables) : ISource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<RawChunk> ReadAsync(
        SourceFile file, SourcePosition from, int rowsPerChunk, long bytesPerChunk, [EnumeratorCancellation] CancellationToken token)
    {
        // Reading is synchronous work: leave the caller's stack first.
        await Task.Yield();
        ChunkBuilder chunks = new(file.Index, rowsPerChunk, bytesPerChunk);
        RowArena arena = new();
        long row = from.Offset;
        string? fault = null;
        IEnumerator<IReadOnlyList<ReadOnlyMemory<byte>>>? batches = null;
        try
        {
            while (TryMoveNext(file.Path, from.Offset, ref batches, ref fault, token))
            {
                foreach (ReadOnlyMemory<byte> bytes in batches!.Current)
                {
                    row++;
                    Add(chunks, arena, bytes.Span, row);
                }

                while (chunks.TryTake(out RawChunk? chunk))
                {
                    yield return chunk;
                }
            }
        }
        finally
        {
            arena.Close();
            batches?.Dispose();
        }

        if (fault is not null)
        {
            row++;
            chunks.Add(row, row - 1, default, SourceFaults.Table(fault, row - 1), new SourcePosition(row, row));
        }

        chunks.Complete(new SourcePosition(row, row));
        while (chunks.TryTake(out RawChunk? chunk))
        {
            yield return chunk;
        }
    }

    private bool TryMoveNext(
        string path, long firstRow, ref IEnumerator<IReadOnlyList<ReadOnlyMemory<byte>>>? batches, ref string? fault, CancellationToken token)
    {
        try
        {
            batches ??= tables.ReadRows(path, firstRow, token).GetEnumerator();
            return batches.MoveNext();
        }
        catch (InvalidDataException error)
        {
            fault = error.Message;
            return false;
        }
    }

    private void Add(ChunkBuilder chunks, RowArena arena, ReadOnlySpan<byte> bytes, long number)
    {
        string? fault = null;
        if (bytes.Length > limits.MaxRowBytes)
        {
            fault = SourceFaults.TooLong(bytes.Length, limits.MaxRowBytes, ChunkBuilder.KeptOfLongRow);
            bytes = bytes[..Math.Min(bytes.Length, ChunkBuilder.KeptOfLongRow)];
        }

        arena.Append(bytes);
        chunks.Add(number, number - 1, arena.Seal(out RowBlock? block), fault, new SourcePosition(number, number), block);
    }
}
