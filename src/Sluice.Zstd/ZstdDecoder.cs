using Sluice.Records;

namespace Sluice.Zstd;

/// <summary>Decompresses Zstandard through libzstd. Frames that need a window of more than 128 MiB are refused, the library's default.</summary>
public sealed class ZstdDecoder : IStreamDecoder
{
    private readonly Lazy<ZstdApi> _api;

    /// <summary>Creates the decoder; loads nothing yet.</summary>
    /// <param name="libraryPath">Path of <c>libzstd.so.1</c>; empty: beside the program, then where the system loader looks.</param>
    public ZstdDecoder(string libraryPath)
    {
        ArgumentNullException.ThrowIfNull(libraryPath);
        _api = new Lazy<ZstdApi>(() => new ZstdApi(libraryPath));
    }

    /// <inheritdoc/>
    /// <remarks>An input of no bytes at all is cut short too. Throws <see cref="DllNotFoundException"/> when the library is missing.</remarks>
    public Stream Decode(Stream compressed)
    {
        ArgumentNullException.ThrowIfNull(compressed);
        return new ZstdDecodingStream(_api.Value, compressed);
    }
}
