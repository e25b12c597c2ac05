namespace Sluice.Inference.Tokenization.AddedTokens;

/// <summary>An added token found in a text.</summary>
/// <param name="Start">Where its stretch starts, swallowed white space included.</param>
/// <param name="End">Where its stretch ends, swallowed white space included.</param>
/// <param name="Resume">Where the search goes on.</param>
/// <param name="Id">The token's id.</param>
internal readonly record struct AddedMatch(int Start, int End, int Resume, int Id);
