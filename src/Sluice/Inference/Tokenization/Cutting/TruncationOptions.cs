namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>How a row that is too long is cut.</summary>
/// <param name="MaxTokens">Tokens of a row at most, special tokens counted (they are kept).</param>
/// <param name="Strategy">Which text gives tokens away. Default longest first.</param>
/// <param name="Side">Where they are taken away. Default right.</param>
/// <param name="Stride">Tokens that a further part repeats of the part before; only where further parts are asked for. Default 0.</param>
public sealed record TruncationOptions(
    int MaxTokens, TruncationStrategy Strategy = TruncationStrategy.LongestFirst, TextSide Side = TextSide.Right, int Stride = 0);
