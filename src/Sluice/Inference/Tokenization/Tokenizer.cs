using System.Collections.Concurrent;
using Sluice.Inference.Tokenization.AddedTokens;
using Sluice.Inference.Tokenization.Cutting;
using Sluice.Inference.Tokenization.Models;
using Sluice.Inference.Tokenization.PostProcessors;

namespace Sluice.Inference.Tokenization;

/// <summary>The tokenizer of a <c>tokenizer.json</c>. Immutable but for its caches; safe for use by many threads.</summary>
public sealed class Tokenizer : ITokenizer
{
    private readonly SegmentEncoder _encoder;
    private readonly TokenModel _model;
    private readonly AddedVocabulary _added;
    private readonly Template _template;
    private readonly Template _plain;
    private readonly ConcurrentBag<EncodeState> _states = [];

    internal Tokenizer(SegmentEncoder encoder, TokenModel model, AddedVocabulary added, Template template, int padId)
    {
        _encoder = encoder;
        _model = model;
        _added = added;
        _template = template;
        _plain = template.WithoutSpecials();
        PadId = padId;
    }

    /// <inheritdoc/>
    public int PadId { get; }

    /// <summary>The truncation stored in the file, which applies only where it is asked for; null when there is none.</summary>
    public TruncationOptions? Truncation { get; init; }

    /// <summary>The padding stored in the file, which applies only where it is asked for; null when there is none.</summary>
    public PaddingOptions? Padding { get; init; }

    /// <summary>Number of tokens, added ones included.</summary>
    public int VocabularySize => _added.Size;

    /// <inheritdoc/>
    public bool TryGetId(string token, out int id) => _added.TryGetId(token, out id) || _model.TryGetId(token, out id);

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<char> text, int maxTokens, TokenBuffer into) => Encode(text, maxTokens, into, _template);

    /// <inheritdoc/>
    public int EncodePlain(ReadOnlySpan<char> text, int maxTokens, TokenBuffer into) => Encode(text, maxTokens, into, _plain);

    /// <inheritdoc/>
    public int EncodePair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int maxTokens, TokenBuffer into) =>
        EncodePair(first, second, maxTokens, into, _template);

    /// <summary>
    /// Appends the ids of a pair without special tokens, cut longest-first to at most <paramref name="maxTokens"/>; returns their number.
    /// </summary>
    public int EncodePairPlain(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int maxTokens, TokenBuffer into) =>
        EncodePair(first, second, maxTokens, into, _plain);

    /// <inheritdoc/>
    public int Wrap(ReadOnlySpan<int> ids, int maxTokens, TokenBuffer into)
    {
        ArgumentNullException.ThrowIfNull(into);
        int before = into.Count;
        int kept = Math.Min(ids.Length, Math.Max(0, maxTokens - _template.SingleSpecials));
        foreach (TemplatePiece piece in _template.Single)
        {
            into.Add(piece.Source == PieceSource.Special ? piece.Ids : ids[..kept], piece.Type);
        }

        return into.Count - before;
    }

    /// <inheritdoc/>
    public int WrapPair(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int maxTokens, TokenBuffer into)
    {
        ArgumentNullException.ThrowIfNull(into);
        int limit = Math.Max(0, maxTokens - _template.PairSpecials);
        if (limit % 2 == 1 && first.Length >= maxTokens && second.Length >= maxTokens)
        {
            return -1;
        }

        int before = into.Count;
        (int firstKept, int secondKept) = PairLengths.Cut(Math.Min(first.Length, maxTokens), Math.Min(second.Length, maxTokens), limit);
        foreach (TemplatePiece piece in _template.Pair)
        {
            into.Add(piece.Source switch
            {
                PieceSource.First => first[..firstKept],
                PieceSource.Second => second[..secondKept],
                _ => piece.Ids,
            }, piece.Type);
        }

        return into.Count - before;
    }

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<char> text, TruncationOptions truncation, TokenBuffer into)
    {
        ArgumentNullException.ThrowIfNull(truncation);
        ArgumentNullException.ThrowIfNull(into);
        if (truncation is { Side: TextSide.Right, Strategy: not TruncationStrategy.OnlySecond })
        {
            return Encode(text, truncation.MaxTokens, into, _template);
        }

        EncodeState state = Rent();
        int limit = Math.Max(0, truncation.MaxTokens - _template.SingleSpecials);
        // One more than fits tells whether the text fits; what stays on the left is known only at the end.
        Fill(state.First, text, truncation.Side == TextSide.Left ? int.MaxValue : limit + 1, state);
        int kept = Cut.Single(truncation.Strategy, state.First.Count, limit);
        return Append(_template.Single, state, kept, 0, truncation.Side, into);
    }

    /// <inheritdoc/>
    public int EncodePair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, TruncationOptions truncation, TokenBuffer into)
    {
        ArgumentNullException.ThrowIfNull(truncation);
        ArgumentNullException.ThrowIfNull(into);
        if (truncation is { Side: TextSide.Right, Strategy: TruncationStrategy.LongestFirst })
        {
            return EncodePair(first, second, truncation.MaxTokens, into, _template);
        }

        EncodeState state = Rent();
        int limit = Math.Max(0, truncation.MaxTokens - _template.PairSpecials);
        int room = truncation.Side == TextSide.Left ? int.MaxValue : limit + 1;
        bool byPieces = truncation.Strategy == TruncationStrategy.LongestFirst;
        int firstLength = Fill(state.First, first, room, state, byPieces ? truncation : null);
        int secondLength = Fill(state.Second, second, room, state, byPieces ? truncation : null);
        (int firstKept, int secondKept) = Cut.Pair(truncation.Strategy, firstLength, secondLength, limit);
        return Append(_template.Pair, state, firstKept, secondKept, truncation.Side, into);
    }

    /// <summary>
    /// The ids of a text and, where it is too long, of the further parts that it falls into, as the reference gives them: it stops reading at the first piece
    /// that reaches the limit, so the last part may end before the text does. Slower than <see cref="Encode(ReadOnlySpan{char}, int, TokenBuffer)"/>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="truncation">How it is cut; null for not at all.</param>
    /// <param name="padding">How parts are filled up; null for not at all.</param>
    /// <exception cref="TruncationException">The text is too long and cannot be cut that way.</exception>
    public IReadOnlyList<EncodedPart> EncodeParts(ReadOnlySpan<char> text, TruncationOptions? truncation, PaddingOptions? padding)
    {
        // The reference reads to the end where the text to be cut is the one that lacks.
        TruncationOptions? walk = truncation is { Strategy: TruncationStrategy.OnlySecond } ? null : truncation;
        return new PartBuilder(_template.Single, _template.SingleSpecials, truncation, padding).Build(Read(text, walk), [], isPair: false);
    }

    /// <summary>The ids of a pair of texts and of its further parts, as <see cref="EncodeParts"/> gives those of one text.</summary>
    /// <exception cref="TruncationException">The pair is too long and cannot be cut that way.</exception>
    public IReadOnlyList<EncodedPart> EncodePairParts(ReadOnlySpan<char> first, ReadOnlySpan<char> second, TruncationOptions? truncation, PaddingOptions? padding) =>
        new PartBuilder(_template.Pair, _template.PairSpecials, truncation, padding).Build(Read(first, truncation), Read(second, truncation), isPair: true);

    private int[] Read(ReadOnlySpan<char> text, TruncationOptions? truncation)
    {
        EncodeState state = Rent();
        var whole = new TokenBuffer();
        state.Begin(whole, 0, int.MaxValue, wholePieces: true);
        _encoder.Encode(text, state);
        int[] ids = truncation is null
            ? whole.Ids.ToArray()
            : whole.Ids[PieceWalk.Read(whole.Count, state.Pieces.Span, truncation.MaxTokens, truncation.Side)].ToArray();
        _states.Add(state);
        return ids;
    }

    private int Append(TemplatePiece[] template, EncodeState state, int firstKept, int secondKept, TextSide side, TokenBuffer into)
    {
        int before = into.Count;
        foreach (TemplatePiece piece in template)
        {
            into.Add(piece.Source switch
            {
                PieceSource.First => Keep(state.First.Ids, firstKept, side),
                PieceSource.Second => Keep(state.Second.Ids, secondKept, side),
                _ => piece.Ids,
            }, piece.Type);
        }

        _states.Add(state);
        return into.Count - before;
    }

    private static ReadOnlySpan<int> Keep(ReadOnlySpan<int> ids, int count, TextSide side) => side == TextSide.Right ? ids[..count] : ids[^count..];

    private int Encode(ReadOnlySpan<char> text, int maxTokens, TokenBuffer into, Template template)
    {
        ArgumentNullException.ThrowIfNull(into);
        int before = into.Count;
        int limit = Math.Max(0, maxTokens - template.SingleSpecials);
        EncodeState state = Rent();
        foreach (TemplatePiece piece in template.Single)
        {
            if (piece.Source == PieceSource.Special)
            {
                into.Add(piece.Ids, piece.Type);
            }
            else
            {
                state.Begin(into, piece.Type, limit);
                _encoder.Encode(text, state);
            }
        }

        _states.Add(state);
        return into.Count - before;
    }

    private int EncodePair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int maxTokens, TokenBuffer into, Template template)
    {
        ArgumentNullException.ThrowIfNull(into);
        int limit = Math.Max(0, maxTokens - template.PairSpecials);
        EncodeState state = Rent();
        Fill(state.First, first, maxTokens, state);
        Fill(state.Second, second, maxTokens, state);
        int firstLength = state.First.Count;
        int secondLength = state.Second.Count;
        if (limit % 2 == 1 && firstLength >= maxTokens && secondLength >= maxTokens)
        {
            // The reference stops reading a text at the first piece that reaches maxTokens, and by these lengths gives the odd token away.
            firstLength = CountPieces(first, maxTokens, state);
            secondLength = CountPieces(second, maxTokens, state);
        }

        (int firstKept, int secondKept) = PairLengths.Cut(firstLength, secondLength, limit);
        return Append(template.Pair, state, firstKept, secondKept, TextSide.Right, into);
    }

    private int CountPieces(ReadOnlySpan<char> text, int limit, EncodeState state)
    {
        TokenBuffer counted = new();
        state.Begin(counted, 0, limit, wholePieces: true);
        _encoder.Encode(text, state);
        return counted.Count;
    }

    private void Fill(TokenBuffer buffer, ReadOnlySpan<char> text, int limit, EncodeState state)
    {
        buffer.Clear();
        state.Begin(buffer, 0, limit);
        _encoder.Encode(text, state);
    }

    // Returns the length that the text has for the division of a pair: what the reference reads of it.
    private int Fill(TokenBuffer buffer, ReadOnlySpan<char> text, int limit, EncodeState state, TruncationOptions? byPieces)
    {
        buffer.Clear();
        state.Begin(buffer, 0, limit, wholePieces: byPieces is not null);
        _encoder.Encode(text, state);
        if (byPieces is null)
        {
            return buffer.Count;
        }

        Range read = PieceWalk.Read(buffer.Count, state.Pieces.Span, byPieces.MaxTokens, byPieces.Side);
        return read.GetOffsetAndLength(buffer.Count).Length;
    }

    // A state that a failing encode leaves behind is not used again.
    private EncodeState Rent() => _states.TryTake(out EncodeState? state) ? state : new EncodeState();
}
