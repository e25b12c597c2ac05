namespace Sluice.Zstd;

/// <summary>Compresses with Zstandard.</summary>
internal sealed class ZstdEncoder(string libraryPath)
{
    private readonly Lazy<ZstdApi> _api = new(() => new ZstdApi(libraryPath));

    /// <summary>A stream that writes one frame, with a checksum, to <paramref name="destination"/>; disposing it ends the frame and leaves the destination open.</summary>
    /// <param name="destination">Where the frame goes.</param>
    /// <param name="level">1 (fastest) to 19 (smallest).</param>
    public Stream Encode(Stream destination, int level) => new ZstdEncodingStream(_api.Value, destination, level);
}
