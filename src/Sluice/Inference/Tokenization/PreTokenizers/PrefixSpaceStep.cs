namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Puts a space before each piece that does not start with one.</summary>
internal sealed class PrefixSpaceStep(IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        if (piece[0] == ' ')
        {
            return next.Take(piece, first, state);
        }

        CharBuffer buffer = state.Rent();
        buffer.Append(' ');
        buffer.Append(piece);
        bool more = next.Take(buffer.Span, first, state);
        state.Return(buffer);
        return more;
    }
}
