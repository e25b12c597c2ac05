namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Writes spaces as a visible character, puts one in front, and splits before each.</summary>
internal sealed class MetaspaceStep(string replacement, MetaspacePrefix prefix, bool splits, IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        CharBuffer buffer = state.Rent();
        bool starts = piece.StartsWith(replacement) || piece[0] == ' ';
        if (!starts && (prefix == MetaspacePrefix.Always || (prefix == MetaspacePrefix.First && first)))
        {
            buffer.Append(replacement);
        }

        ReadOnlySpan<char> rest = piece;
        for (int at = rest.IndexOf(' '); at >= 0; at = rest.IndexOf(' '))
        {
            buffer.Append(rest[..at]);
            buffer.Append(replacement);
            rest = rest[(at + 1)..];
        }

        buffer.Append(rest);
        bool more = splits ? Split(buffer.Span, first, state) : next.Take(buffer.Span, first, state);
        state.Return(buffer);
        return more;
    }

    private bool Split(ReadOnlySpan<char> text, bool first, EncodeState state)
    {
        PieceJoiner pieces = new(text, first, PieceBehavior.MergedWithNext, next, state);
        int last = 0;
        while (last < text.Length)
        {
            int at = text[last..].IndexOf(replacement);
            int start = at < 0 ? text.Length : last + at;
            if (!pieces.Add(last, start, isMatch: false))
            {
                return false;
            }

            last = Math.Min(text.Length, start + replacement.Length);
            if (!pieces.Add(start, last, isMatch: true))
            {
                return false;
            }
        }

        return pieces.Close();
    }
}
