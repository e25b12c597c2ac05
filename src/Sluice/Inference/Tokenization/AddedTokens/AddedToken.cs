namespace Sluice.Inference.Tokenization.AddedTokens;

/// <summary>A token that is found in the text before the model sees it.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Id">Its id.</param>
/// <param name="SingleWord">Whether it counts only where no word character touches it.</param>
/// <param name="TakesLeft">Whether it swallows white space before it.</param>
/// <param name="TakesRight">Whether it swallows white space behind it.</param>
/// <param name="Normalized">Whether it is looked for in the normalised text.</param>
internal sealed record AddedToken(string Content, int Id, bool SingleWord, bool TakesLeft, bool TakesRight, bool Normalized);
