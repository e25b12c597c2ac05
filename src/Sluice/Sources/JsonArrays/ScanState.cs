namespace Sluice.Sources.JsonArrays;

/// <summary>What a scan of bytes came to.</summary>
internal enum ScanState
{
    /// <summary>The element goes on past the bytes given.</summary>
    Open,

    /// <summary>The element ended.</summary>
    Done,

    /// <summary>The next byte cannot stand where it stands.</summary>
    Broken,
}
