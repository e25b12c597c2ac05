namespace Sluice.Endpoints;

/// <summary>One request's outcome.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Text">The answer; else the reason, as one sentence.</param>
/// <param name="Wait">How long the server asks to wait; null when it does not say.</param>
/// <param name="PromptTokens">Tokens read, by the server's account.</param>
/// <param name="CompletionTokens">Tokens written, by the server's account.</param>
internal readonly record struct Attempt(AttemptKind Kind, string Text, TimeSpan? Wait = null, long PromptTokens = 0, long CompletionTokens = 0);
