using Sluice.Records;

namespace Sluice.Sources.JsonArrays;

/// <summary>Reads files that hold one JSON array, plain or compressed, element by element. An element over several lines is put on one; its values stay untouched.</summary>
/// <param name="limits">Bytes of one row at most.</param>
/// <param name="zstandard">Opens <c>.zst</c> files.</param>
internal sealed class JsonArraySource(SourceLimits limits, IStreamDecoder zstandard) : ISource
{
    /// <inheritdoc/>
    public IAsyncEnumerable<RawChunk> ReadAsync(SourceFile file, SourcePosition from, int rowsPerChunk, long bytesPerChunk, CancellationToken token)
    {
        ChunkBuilder chunks = new(file.Index, rowsPerChunk, bytesPerChunk);
        return FramedFile.ReadAsync(file, from, zstandard, new ElementFramer(chunks, from, limits.MaxRowBytes), chunks, token);
    }
}
