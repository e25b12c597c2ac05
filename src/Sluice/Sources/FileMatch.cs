namespace Sluice.Sources;

/// <summary>A file that a source's path names.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Name">Path relative to the folder that the source names, with forward slashes.</param>
internal readonly record struct FileMatch(string Path, string Name);
