namespace Sluice.Inference.Answers;

/// <summary>Token positions of a row.</summary>
/// <param name="Start">The first, 0-based.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct TokenSpan(int Start, int End)
{
    /// <summary>Number of positions; 0 for a span that ends before it starts.</summary>
    public int Length => Math.Max(0, End - Start);
}
