namespace Sluice.Configuration;

/// <summary>One mistake in the configuration.</summary>
/// <param name="Key">Where: the key's path, such as <c>Recipe:0:Column</c>.</param>
/// <param name="Message">What was found, what was expected and the remedy.</param>
public sealed record ConfigurationError(string Key, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Message}";
}
