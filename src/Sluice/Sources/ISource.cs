namespace Sluice.Sources;

/// <summary>Reads the rows of one kind of file, in order.</summary>
public interface ISource
{
    /// <summary>
    /// Streams chunks from <paramref name="from"/> to the end. Each chunk but the last of a file holds exactly <paramref name="rowsPerChunk"/> rows, or fewer when
    /// <paramref name="bytesPerChunk"/> raw bytes are reached; the boundaries depend on the file alone. Memory stays bounded by one chunk and one row.
    /// A row that cannot be framed is a <see cref="Records.RawRow"/> with its fault; what follows a fault that ends the file
    /// (cut archive, broken page) is one such row, and the last chunk. Throws <see cref="IOException"/> when the file itself cannot be opened.
    /// </summary>
    IAsyncEnumerable<RawChunk> ReadAsync(SourceFile file, SourcePosition from, int rowsPerChunk, long bytesPerChunk, CancellationToken token);
}
