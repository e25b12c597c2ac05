using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Splits at white space, and makes every punctuation character a piece.</summary>
internal sealed class BertStep(IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        int start = 0;
        for (int i = 0; i < piece.Length;)
        {
            int code = CodePoints.At(piece, i, out int length);
            bool space = CodePoints.IsWhiteSpace(code);
            if (space || CodePoints.IsPunctuation(code))
            {
                if ((i > start && !next.Take(piece[start..i], first && start == 0, state))
                    || (!space && !next.Take(piece.Slice(i, length), first && i == 0, state)))
                {
                    return false;
                }

                start = i + length;
            }

            i += length;
        }

        return start == piece.Length || next.Take(piece[start..], first && start == 0, state);
    }
}
