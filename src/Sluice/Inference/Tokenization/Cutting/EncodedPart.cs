namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>A row, or one of the parts that a long row falls into.</summary>
/// <param name="Ids">Token ids, padding included.</param>
/// <param name="Types">The segment id of each.</param>
/// <param name="Mask">1 for a token, 0 for padding.</param>
public sealed record EncodedPart(IReadOnlyList<int> Ids, IReadOnlyList<byte> Types, IReadOnlyList<byte> Mask);
