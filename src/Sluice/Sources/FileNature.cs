namespace Sluice.Sources;

/// <summary>What a file turned out to be.</summary>
/// <param name="Format">How its rows are framed.</param>
/// <param name="Compression">How its bytes are compressed.</param>
internal readonly record struct FileNature(SourceFormat Format, Compression Compression);
