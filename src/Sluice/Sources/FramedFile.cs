using System.Runtime.CompilerServices;
using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Drives a framer over the decompressed bytes of a file.</summary>
internal static class FramedFile
{
    // A block with less room than this is not read into any more.
    private const int LeastRead = 4096;

    /// <summary>Streams the framer's chunks from a position to the end of the file. Throws <see cref="IOException"/> when the file cannot be opened, or ends before the position.</summary>
    public static async IAsyncEnumerable<RawChunk> ReadAsync(
        SourceFile file, SourcePosition from, SourceLimits limits, IStreamDecoder zstandard, IRowFramer framer, ChunkBuilder chunks, [EnumeratorCancellation] CancellationToken token)
    {
        await using Stream stream = await FileBytes.OpenAsync(file, from.Offset, limits, zstandard, token);
        RowBlock block = new(RowBlock.UsualLength);
        int filled = 0;
        for (bool more = true; more;)
        {
            token.ThrowIfCancellationRequested();
            if (block.Bytes.Length - filled < LeastRead)
            {
                block.Release();
                block = new RowBlock(RowBlock.UsualLength);
                filled = 0;
            }

            more = Push(file, stream, block, ref filled, framer);
            while (chunks.TryTake(out RawChunk? chunk))
            {
                yield return chunk;
            }
        }

        block.Release();
    }

    // Read on this thread, straight into the block that the rows stay in: to hand each read to another thread and back costs more than the read.
    private static bool Push(SourceFile file, Stream stream, RowBlock block, ref int filled, IRowFramer framer)
    {
        try
        {
            int read = stream.Read(block.Bytes, filled, block.Bytes.Length - filled);
            if (read == 0)
            {
                framer.Finish();
                return false;
            }

            framer.Push(block.Bytes.AsMemory(filled, read), block);
            filled += read;
            return true;
        }
        catch (InvalidDataException error) when (file.Compression != Compression.None)
        {
            framer.Fail(offset => SourceFaults.Archive(file.Compression, error.Message, offset));
            return false;
        }
        catch (ExpandedTooFarException error)
        {
            framer.Fail(_ => error.Message);
            return false;
        }
    }
}
