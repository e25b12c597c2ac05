using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>The split pattern of GPT-2, written out: <see cref="Pattern"/>.</summary>
internal sealed class Gpt2SplitStep(IPieceTaker next) : IPieceTaker
{
    /// <summary>The pattern this step stands for.</summary>
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        for (int i = 0; i < piece.Length;)
        {
            int end = EndOfPiece(piece, i);
            if (!next.Take(piece[i..end], first && i == 0, state))
            {
                return false;
            }

            i = end;
        }

        return true;
    }

    private static int EndOfPiece(ReadOnlySpan<char> text, int start)
    {
        char c = text[start];
        if (c == '\'' && Contractions.LengthAt(text, start, ignoresCase: false) is > 0 and int length)
        {
            return start + length;
        }

        CharKind kind = CharKinds.At(text, start, out int units);
        if (c == ' ' && start + 1 < text.Length)
        {
            CharKind following = CharKinds.At(text, start + 1, out int width);
            if (following != CharKind.Space)
            {
                return CharKinds.EndOfRun(text, start + 1 + width, following);
            }
        }

        int end = CharKinds.EndOfRun(text, start + units, kind);
        // The last space of a run belongs to the word behind it.
        return kind == CharKind.Space && end < text.Length && end - start > 1 ? end - 1 : end;
    }
}
