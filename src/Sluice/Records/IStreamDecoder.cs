namespace Sluice.Records;

/// <summary>Decompresses a stream that .NET itself cannot: Zstandard, bound in <c>Sluice.Zstd</c>.</summary>
public interface IStreamDecoder
{
    /// <summary>A readable stream of the decompressed bytes, several frames in a row included; reading throws <see cref="InvalidDataException"/> when the input is corrupt or cut short. Disposes <paramref name="compressed"/> with itself.</summary>
    Stream Decode(Stream compressed);
}
