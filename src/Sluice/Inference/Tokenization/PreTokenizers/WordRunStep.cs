using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Pieces are runs of word characters and runs of what is neither word character nor white space (<c>\w+|[^\w\s]+</c>).</summary>
internal sealed class WordRunStep(IPieceTaker next) : IPieceTaker
{
    private enum Kind
    {
        Space,
        Word,
        Rest,
    }

    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        int start = 0;
        Kind running = Kind.Space;
        for (int i = 0; i < piece.Length;)
        {
            int code = CodePoints.At(piece, i, out int length);
            Kind kind = CodePoints.IsWhiteSpace(code) ? Kind.Space : IsWord(code) ? Kind.Word : Kind.Rest;
            if (kind != running)
            {
                if (running != Kind.Space && !next.Take(piece[start..i], first && start == 0, state))
                {
                    return false;
                }

                start = i;
                running = kind;
            }

            i += length;
        }

        return running == Kind.Space || next.Take(piece[start..], first && start == 0, state);
    }

    // This pattern is matched by another engine of the reference, where the joiners are word characters.
    private static bool IsWord(int code) => CodePoints.IsWord(code) || code is 0x200C or 0x200D;
}
