namespace Sluice.Inference.Manifests;

/// <summary>A token whose probability counts towards a score.</summary>
/// <param name="Token">Its text in the vocabulary; null when the id is given.</param>
/// <param name="Id">Its id; -1 when the text is given.</param>
/// <param name="Value">What it is worth.</param>
internal sealed record AnswerToken(string? Token, int Id, double Value);
