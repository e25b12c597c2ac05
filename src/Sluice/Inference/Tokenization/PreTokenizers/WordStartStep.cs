namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>
/// Cuts text that no pre-tokenizer splits before each word-start character, for a model whose merges never cross that place: the ids are the same, words
/// can be cached, and a long text need not be read to its end.
/// </summary>
internal sealed class WordStartStep(char wordStart, IPieceTaker next) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        if (state.WholePieces)
        {
            return next.Take(piece, first, state);
        }

        int start = 0;
        while (start < piece.Length)
        {
            // A run of word starts belongs together.
            int inWord = piece[start..].IndexOfAnyExcept(wordStart);
            int length = inWord < 0 ? -1 : piece[(start + inWord)..].IndexOf(wordStart);
            int end = length < 0 ? piece.Length : start + inWord + length;
            if (!next.Take(piece[start..end], first && start == 0, state))
            {
                return false;
            }

            start = end;
        }

        return true;
    }
}
