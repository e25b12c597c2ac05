namespace Sluice.Zstd;

/// <summary>The library's ZSTD_inBuffer and ZSTD_outBuffer, which look alike.</summary>
internal unsafe struct ZstdBuffer
{
    /// <summary>The bytes.</summary>
    public byte* Start;

    /// <summary>How many there are.</summary>
    public nuint Size;

    /// <summary>How many of them have been read or written.</summary>
    public nuint Position;
}
