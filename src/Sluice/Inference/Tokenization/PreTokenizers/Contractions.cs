namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>The English contractions of byte-level split patterns: <c>'s 't 're 've 'm 'll 'd</c>.</summary>
internal static class Contractions
{
    /// <summary>Length of the contraction that starts with the apostrophe at an index; 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int index, bool ignoresCase)
    {
        char first = index + 1 < text.Length ? Fold(text[index + 1], ignoresCase) : '\0';
        char second = index + 2 < text.Length ? Fold(text[index + 2], ignoresCase) : '\0';
        return first switch
        {
            's' or 't' or 'm' or 'd' => 2,
            'r' or 'v' when second == 'e' => 3,
            'l' when second == 'l' => 3,
            _ => 0,
        };
    }

    // The long s folds to s.
    private static char Fold(char c, bool ignoresCase) => !ignoresCase ? c : c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c == '\u017F' ? 's' : c;
}
