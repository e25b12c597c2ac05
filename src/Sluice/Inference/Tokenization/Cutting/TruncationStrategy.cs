namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>Which text gives tokens away when a row is too long.</summary>
public enum TruncationStrategy
{
    /// <summary>The longer of a pair first, until both are equal; then both.</summary>
    LongestFirst,

    /// <summary>The first text alone; an error when that is not enough.</summary>
    OnlyFirst,

    /// <summary>The second text alone; an error when that is not enough, or there is no second text.</summary>
    OnlySecond,
}
