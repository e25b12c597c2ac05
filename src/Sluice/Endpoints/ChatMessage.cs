namespace Sluice.Endpoints;

/// <summary>One message of a request.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">What is said.</param>
internal readonly record struct ChatMessage(string Role, string Content);
