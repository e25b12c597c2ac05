using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Drives a framer over the decompressed bytes of a file.</summary>
internal static class FramedFile
{
    private static readonly StreamPipeReaderOptions s_pipe = new(bufferSize: 256 * 1024, minimumReadSize: 64 * 1024);

    /// <summary>Streams the framer's chunks from a position to the end of the file. Throws <see cref="IOException"/> when the file cannot be opened, or ends before the position.</summary>
    public static async IAsyncEnumerable<RawChunk> ReadAsync(
        SourceFile file, SourcePosition from, SourceLimits limits, IStreamDecoder zstandard, IRowFramer framer, ChunkBuilder chunks, [EnumeratorCancellation] CancellationToken token)
    {
        await using Stream stream = await FileBytes.OpenAsync(file, from.Offset, limits, zstandard, token);
        PipeReader reader = PipeReader.Create(stream, s_pipe);
        for (bool more = true; more;)
        {
            more = await PushAsync(file, reader, framer, token);
            while (chunks.TryTake(out RawChunk? chunk))
            {
                yield return chunk;
            }
        }

        await reader.CompleteAsync();
    }

    private static async ValueTask<bool> PushAsync(SourceFile file, PipeReader reader, IRowFramer framer, CancellationToken token)
    {
        try
        {
            ReadResult read = await reader.ReadAsync(token);
            foreach (ReadOnlyMemory<byte> part in read.Buffer)
            {
                framer.Push(part.Span);
            }

            // The framer keeps what it needs, so the pipe never holds more than one read.
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                framer.Finish();
            }

            return !read.IsCompleted;
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
