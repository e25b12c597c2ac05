namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Writes the bytes of each piece as printable characters; used where another step still follows.</summary>
internal sealed class ByteLevelStep(IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        CharBuffer buffer = state.Rent();
        ByteAlphabet.Append(piece, buffer);
        bool more = next.Take(buffer.Span, first, state);
        state.Return(buffer);
        return more;
    }
}
