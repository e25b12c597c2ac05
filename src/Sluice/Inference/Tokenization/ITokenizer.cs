namespace Sluice.Inference.Tokenization;

/// <summary>Turns text into the token ids of one model. Safe for use by many threads.</summary>
public interface ITokenizer
{
    /// <summary>Id that pads a batch; 0 when the file names none.</summary>
    int PadId { get; }

    /// <summary>
    /// Appends the ids of a text, special tokens included, cut on the right to at most <paramref name="maxTokens"/> (special tokens counted; they are kept).
    /// Returns the number of ids appended. Unpaired surrogates count as U+FFFD.
    /// </summary>
    int Encode(ReadOnlySpan<char> text, int maxTokens, TokenBuffer into);

    /// <summary>
    /// Appends the ids of a pair of texts as the file's pair template says, cut longest-first (both lengths computed at once) to at most
    /// <paramref name="maxTokens"/>. Returns the number of ids appended.
    /// </summary>
    int EncodePair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int maxTokens, TokenBuffer into);
}
