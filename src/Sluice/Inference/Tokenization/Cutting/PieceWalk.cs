namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>
/// How much of a text the reference reads before it cuts: piece by piece of the pre-tokenizer, from the side that stays, until the tokens reach the limit.
/// Added tokens count and never end the walk. What is not read belongs to no further part either.
/// </summary>
internal static class PieceWalk
{
    /// <summary>The tokens read.</summary>
    /// <param name="count">Tokens of the whole text.</param>
    /// <param name="pieces">First and last+1 token of each piece, one after another; added tokens left out.</param>
    /// <param name="limit">Tokens after which the walk ends.</param>
    /// <param name="side">Where the text is cut; the walk comes from the other side.</param>
    public static Range Read(int count, ReadOnlySpan<int> pieces, int limit, TextSide side)
    {
        if (side == TextSide.Right)
        {
            for (int i = 1; i < pieces.Length; i += 2)
            {
                if (pieces[i] >= limit)
                {
                    return 0..pieces[i];
                }
            }
        }
        else
        {
            for (int i = pieces.Length - 2; i >= 0; i -= 2)
            {
                if (count - pieces[i] >= limit)
                {
                    return pieces[i]..count;
                }
            }
        }

        return 0..count;
    }
}
