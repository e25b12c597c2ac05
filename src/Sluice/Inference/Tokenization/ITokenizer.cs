using Sluice.Inference.Tokenization.Cutting;

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

    /// <summary>Appends the ids of a text without special tokens, cut on the right to at most <paramref name="maxTokens"/>; returns their number.</summary>
    int EncodePlain(ReadOnlySpan<char> text, int maxTokens, TokenBuffer into);

    /// <summary>
    /// Appends what <see cref="Encode(ReadOnlySpan{char}, int, TokenBuffer)"/> gives for a text whose first ids (all, or at least <paramref name="maxTokens"/> of them) <see cref="EncodePlain"/> has given.
    /// Returns the number of ids appended.
    /// </summary>
    int Wrap(ReadOnlySpan<int> ids, int maxTokens, TokenBuffer into);

    /// <summary>
    /// Appends what <see cref="EncodePair(ReadOnlySpan{char}, ReadOnlySpan{char}, int, TokenBuffer)"/> gives for two texts whose ids <see cref="EncodePlain"/> has given, as for <see cref="Wrap"/>. Returns the number of ids
    /// appended, or -1, with nothing appended, for a pair that only the texts themselves tell how to cut.
    /// </summary>
    int WrapPair(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int maxTokens, TokenBuffer into);

    /// <summary>The id of a token by its text in the vocabulary; false when there is no such token.</summary>
    bool TryGetId(string token, out int id);

    /// <summary>
    /// Appends the ids of a text, cut as the options say (their stride is for further parts, of which there are none here). Returns the number of ids appended.
    /// Throws <see cref="TruncationException"/> when a text that is too long cannot be cut that way.
    /// </summary>
    int Encode(ReadOnlySpan<char> text, TruncationOptions truncation, TokenBuffer into) => IsPlain(truncation)
        ? Encode(text, truncation.MaxTokens, into)
        : throw new NotSupportedException($"{GetType().Name} cuts on the right and longest-first only.");

    /// <summary>Appends the ids of a pair of texts, as <see cref="Encode(ReadOnlySpan{char}, TruncationOptions, TokenBuffer)"/> does those of one.</summary>
    int EncodePair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, TruncationOptions truncation, TokenBuffer into) => IsPlain(truncation)
        ? EncodePair(first, second, truncation.MaxTokens, into)
        : throw new NotSupportedException($"{GetType().Name} cuts on the right and longest-first only.");

    private static bool IsPlain(TruncationOptions truncation) => truncation is { Strategy: TruncationStrategy.LongestFirst, Side: TextSide.Right };
}
