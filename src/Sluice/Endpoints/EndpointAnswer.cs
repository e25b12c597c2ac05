namespace Sluice.Endpoints;

/// <summary>How a question ended: with a text, or with the reason why there is none.</summary>
/// <param name="Text">The answer, exactly as the server gave it; may be empty; null when there is none.</param>
/// <param name="Failure">One sentence; null when there is an answer.</param>
internal readonly record struct EndpointAnswer(string? Text, string? Failure);
