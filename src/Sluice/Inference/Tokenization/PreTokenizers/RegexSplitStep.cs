using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Splits by the matches of a pattern; <paramref name="inverted"/> lets gaps count as matches and matches as gaps.</summary>
internal sealed class RegexSplitStep(CodePointRegex pattern, PieceBehavior behavior, bool inverted, IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        PieceJoiner pieces = new(piece, first, behavior, next, state);
        CodePointRegex.Matches matches = pattern.Match(piece, state);
        int last = 0;
        bool more = true;
        while (more && matches.Next(out int start, out int end))
        {
            more = pieces.Add(last, start, inverted) && pieces.Add(start, end, !inverted);
            last = end;
        }

        matches.Close(state);
        return more && pieces.Add(last, piece.Length, inverted) && pieces.Close();
    }
}
