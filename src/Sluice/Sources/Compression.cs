namespace Sluice.Sources;

/// <summary>How the bytes of a file are compressed.</summary>
public enum Compression
{
    /// <summary>Not at all (or inside the format, as in Parquet).</summary>
    None,

    /// <summary>gzip, several members in a row included.</summary>
    GZip,

    /// <summary>Zstandard, several frames in a row included.</summary>
    Zstandard,
}
