namespace Sluice.Sources;

/// <summary>A place between two rows of a file, from which reading can go on.</summary>
/// <param name="Offset">Byte offset in the decompressed file; for Parquet the 0-based row index.</param>
/// <param name="Number">Rows (for JSON Lines: lines) before this place, so the next one has number <c>Number + 1</c>.</param>
public readonly record struct SourcePosition(long Offset, long Number)
{
    /// <summary>The beginning of a file.</summary>
    public static SourcePosition Start => default;
}
