using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Splits by code points of a class, each a match of its own.</summary>
internal sealed class ClassSplitStep(Func<int, bool> isMatch, PieceBehavior behavior, IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        PieceJoiner pieces = new(piece, first, behavior, next, state);
        int last = 0;
        for (int i = 0; i < piece.Length;)
        {
            int code = CodePoints.At(piece, i, out int length);
            if (isMatch(code))
            {
                if (!pieces.Add(last, i, isMatch: false) || !pieces.Add(i, i + length, isMatch: true))
                {
                    return false;
                }

                last = i + length;
            }

            i += length;
        }

        return pieces.Add(last, piece.Length, isMatch: false) && pieces.Close();
    }
}
