namespace Sluice.Sources;

/// <summary>A mistake in the sources of a run, found before anything starts.</summary>
/// <param name="Key">The key at fault, such as <c>Sources:0:Path</c>.</param>
/// <param name="Message">Found, expected and remedy, in one or two sentences.</param>
public sealed record SourceError(string Key, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Message}";
}
