using Sluice.Records;

namespace Sluice.Sources.JsonLines;

/// <summary>Reads files of one JSON value a line, plain or compressed. Framing looks at bytes only: what a line holds is the parser's business.</summary>
/// <param name="limits">Bytes of one row, and unpacked bytes of a compressed file, at most.</param>
/// <param name="zstandard">Opens <c>.zst</c> files.</param>
internal sealed class JsonLinesSource(SourceLimits limits, IStreamDecoder zstandard) : ISource
{
    /// <inheritdoc/>
    public IAsyncEnumerable<RawChunk> ReadAsync(SourceFile file, SourcePosition from, int rowsPerChunk, long bytesPerChunk, CancellationToken token)
    {
        ChunkBuilder chunks = new(file.Index, rowsPerChunk, bytesPerChunk);
        return FramedFile.ReadAsync(file, from, limits, zstandard, new LineFramer(chunks, from, limits.MaxRowBytes), chunks, token);
    }
}
