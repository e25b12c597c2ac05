using Sluice.Sources;

namespace Sluice.Pool;

/// <summary>An input file as it was when the run was planned.</summary>
/// <param name="Index">0-based position in the plan.</param>
/// <param name="Name">Name in row ids.</param>
/// <param name="Path">Absolute path.</param>
/// <param name="Format">How rows are framed.</param>
/// <param name="Compression">How bytes are compressed.</param>
/// <param name="Shape">Row shape.</param>
/// <param name="Label">The user's label, or empty.</param>
/// <param name="Mapping">The user's field mapping, or null.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Digest of its bytes.</param>
/// <param name="Rows">Rows by the file's own footer (Parquet); -1 where that is not known before reading.</param>
public sealed record PlannedFile(
    int Index, string Name, string Path, SourceFormat Format, Compression Compression, string Shape, string Label, FieldMapping? Mapping, long Bytes, string Sha256, long Rows)
{
    /// <summary>The file as sources take it.</summary>
    public SourceFile ToSource() => new(Index, Path, Name, Format, Compression, Shape, Label, Mapping);
}
