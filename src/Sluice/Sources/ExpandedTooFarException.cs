namespace Sluice.Sources;

/// <summary>Compressed data that unpack to more than is allowed.</summary>
/// <param name="message">Found, expected and the option that says so.</param>
internal sealed class ExpandedTooFarException(string message) : IOException(message);
