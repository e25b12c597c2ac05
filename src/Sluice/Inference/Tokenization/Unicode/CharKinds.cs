namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>A table of <see cref="CharKind"/>, because split patterns ask once for every character of the pool.</summary>
internal static class CharKinds
{
    private static readonly CharKind[] s_kinds = Build();

    /// <summary>The kind of the code point at an index, and how many units it takes.</summary>
    public static CharKind At(ReadOnlySpan<char> text, int index, out int length)
    {
        char c = text[index];
        if (!char.IsSurrogate(c))
        {
            length = 1;
            return s_kinds[c];
        }

        return Of(CodePoints.At(text, index, out length));
    }

    /// <summary>The end of the run of one kind that starts at or before an index.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int index, CharKind kind)
    {
        while (index < text.Length && At(text, index, out int length) == kind)
        {
            index += length;
        }

        return index;
    }

    private static CharKind Of(int code) =>
        CodePoints.IsLetter(code) ? CharKind.Letter
        : CodePoints.IsNumber(code) ? CharKind.Number
        : CodePoints.IsWhiteSpace(code) ? CharKind.Space
        : CharKind.Other;

    private static CharKind[] Build()
    {
        CharKind[] kinds = new CharKind[65536];
        for (int c = 0; c < kinds.Length; c++)
        {
            kinds[c] = Of(c);
        }

        return kinds;
    }
}
