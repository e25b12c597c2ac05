namespace Sluice.Inference.Chat;

/// <summary>A conversation as one text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Answers">Where each answer stands in it: the closing counted where it is scored.</param>
internal sealed record ChatText(string Text, IReadOnlyList<Range> Answers);
