using Sluice.Records;

namespace Sluice.Sources.JsonArrays;

/// <summary>Reads files that hold one JSON array, plain or compressed, element by element. An element over several lines is put on one; its values stay untouched.</summary>
/// <param name="limits">Bytes of one row, and unpacked bytes of a compressed file, at most.</param>
/// <param name="zstandard">Opens <c>.zst</c> files.</param>
internal sealed class JsonArraySource(SourceLimits limits, IStreamDecoder zstandard) : ISource
{
    private const int HeadLength = 64 * 1024;

    /// <inheritdoc/>
    public IAsyncEnumerable<RawChunk> ReadAsync(SourceFile file, SourcePosition from, int rowsPerChunk, long bytesPerChunk, CancellationToken token)
    {
        ChunkBuilder chunks = new(file.Index, rowsPerChunk, bytesPerChunk);
        ElementFramer framer = new(chunks, from, limits.MaxRowBytes, UsualName(file));
        return FramedFile.ReadAsync(file, from, limits, zstandard, framer, chunks, token);
    }

    // Looked up in the file, wherever reading begins: what is framed must not depend on where that is.
    private byte[] UsualName(SourceFile file)
    {
        try
        {
            byte[] head = FileBytes.Head(file.Path, file.Compression, HeadLength, zstandard);
            return ElementNames.Usual(head, limits.MaxRowBytes);
        }
        catch (InvalidDataException)
        {
            // An archive damaged in its first bytes: reading it says so.
            return [];
        }
    }
}
