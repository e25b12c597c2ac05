using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>The split pattern that GPT-4 brought (Llama 3, Qwen 2), written out; a number piece has at most so many digits.</summary>
internal sealed class Gpt4SplitStep(int maxDigits, IPieceTaker next) : IPieceTaker
{
    /// <summary>The pattern with one digit a piece.</summary>
    public const string SingleDigitPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The pattern with up to three digits a piece.</summary>
    public const string TripleDigitPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

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

    private int EndOfPiece(ReadOnlySpan<char> text, int start)
    {
        char c = text[start];
        if (c == '\'' && Contractions.LengthAt(text, start, ignoresCase: true) is > 0 and int length)
        {
            return start + length;
        }

        CharKind kind = CharKinds.At(text, start, out int units);
        int after = start + units;
        if (kind == CharKind.Letter)
        {
            return CharKinds.EndOfRun(text, after, CharKind.Letter);
        }

        if (kind == CharKind.Number)
        {
            return EndOfDigits(text, after);
        }

        int width = 0;
        CharKind following = after < text.Length ? CharKinds.At(text, after, out width) : kind;
        if (following == CharKind.Letter && c is not ('\r' or '\n'))
        {
            return CharKinds.EndOfRun(text, after + width, CharKind.Letter);
        }

        if (kind == CharKind.Other || (c == ' ' && following == CharKind.Other))
        {
            int end = CharKinds.EndOfRun(text, after, CharKind.Other);
            while (end < text.Length && text[end] is '\r' or '\n')
            {
                end++;
            }

            return end;
        }

        return EndOfSpace(text, start);
    }

    private static int EndOfSpace(ReadOnlySpan<char> text, int start)
    {
        int end = CharKinds.EndOfRun(text, start, CharKind.Space);
        int lineEnd = text[start..end].LastIndexOfAny('\r', '\n');
        if (lineEnd >= 0)
        {
            return start + lineEnd + 1;
        }

        // The last space of a run belongs to the word behind it.
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }

    private int EndOfDigits(ReadOnlySpan<char> text, int index)
    {
        for (int digits = 1; digits < maxDigits && index < text.Length; digits++)
        {
            if (CharKinds.At(text, index, out int length) != CharKind.Number)
            {
                break;
            }

            index += length;
        }

        return index;
    }
}
