namespace Sluice.Inference.Batching;

/// <summary>What bounds a batch.</summary>
/// <param name="Tokens">Rows times longest row, at most; a single longer row goes alone.</param>
/// <param name="Rows">Rows at most.</param>
/// <param name="CallTokens">What one more call costs, in tokens of padding it is worth avoiding: small where a token is dear (CPU), large where a call is (GPU).</param>
internal readonly record struct BatchLimits(int Tokens, int Rows, int CallTokens);
