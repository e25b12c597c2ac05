using System.Collections.Concurrent;
using Sluice.Inference.Tokenization.AddedTokens;
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
        AddPair(first[..firstKept], second[..secondKept], _template, into);
        return into.Count - before;
    }

    private static void AddPair(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Template template, TokenBuffer into)
    {
        foreach (TemplatePiece piece in template.Pair)
        {
            ReadOnlySpan<int> ids = piece.Source switch
            {
                PieceSource.First => first,
                PieceSource.Second => second,
                _ => piece.Ids,
            };
            into.Add(ids, piece.Type);
        }
    }

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
        int before = into.Count;
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
        AddPair(state.First.Ids[..firstKept], state.Second.Ids[..secondKept], template, into);
        _states.Add(state);
        return into.Count - before;
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

    // A state that a failing encode leaves behind is not used again.
    private EncodeState Rent() => _states.TryTake(out EncodeState? state) ? state : new EncodeState();
}
