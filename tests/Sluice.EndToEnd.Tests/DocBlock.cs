namespace Sluice.EndToEnd.Tests;

/// <summary>A marked block of a Markdown file.</summary>
/// <param name="Marker">What stands in the comment before it, such as <c>file: my.json</c>.</param>
/// <param name="Body">Its text.</param>
/// <param name="Excerpt">The output shown right behind it, or empty.</param>
internal sealed record DocBlock(string Marker, string Body, string Excerpt)
{
    private const string FileMarker = "file: ";

    /// <summary>The file that it is, or null.</summary>
    public string? File => Marker.StartsWith(FileMarker, StringComparison.Ordinal) ? Marker[FileMarker.Length..] : null;

    /// <summary>Whether it holds commands.</summary>
    public bool IsRun => File is null;
}
