namespace Sluice.Inference.Manifests;

/// <summary>A text with the numbers the model gave its author for it.</summary>
/// <param name="Text">The text, or the first text of the pair.</param>
/// <param name="Pair">The second text of the pair; null unless the model reads pairs.</param>
/// <param name="Expected">The first numbers of the answer, at least one.</param>
/// <param name="Tolerance">Largest difference allowed.</param>
internal sealed record ModelExample(string Text, string? Pair, IReadOnlyList<float> Expected, double Tolerance);
