namespace Sluice.Sources;

/// <summary>One input file, as decided when the run was planned.</summary>
/// <param name="Index">0-based position in the plan; files of a glob or folder are in ordinal order of their path.</param>
/// <param name="Path">Absolute path.</param>
/// <param name="Name">Name used in row ids: the path relative to the folder that the source named, with forward slashes.</param>
/// <param name="Format">How rows are framed.</param>
/// <param name="Compression">How bytes are compressed.</param>
/// <param name="Shape">Row shape by name, or <c>auto</c>.</param>
/// <param name="Label">The user's label of the source, or empty.</param>
/// <param name="Mapping">The user's own field mapping, or null.</param>
public sealed record SourceFile(int Index, string Path, string Name, SourceFormat Format, Compression Compression, string Shape, string Label, FieldMapping? Mapping);
