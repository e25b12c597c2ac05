namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Splits by the occurrences of a string.</summary>
internal sealed class TextSplitStep(string pattern, PieceBehavior behavior, bool inverted, IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        PieceJoiner pieces = new(piece, first, behavior, next, state);
        int last = 0;
        for (int at = piece.IndexOf(pattern); at >= 0; at = piece[last..].IndexOf(pattern))
        {
            int start = last + at;
            int end = start + pattern.Length;
            if (!pieces.Add(last, start, inverted) || !pieces.Add(start, end, !inverted))
            {
                return false;
            }

            last = end;
        }

        return pieces.Add(last, piece.Length, inverted) && pieces.Close();
    }
}
