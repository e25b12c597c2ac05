using System.Buffers;
using System.Text;
using Sluice.Inference.Tokenization.AddedTokens;
using Sluice.Inference.Tokenization.Models;
using Sluice.Inference.Tokenization.Normalizers;
using Sluice.Inference.Tokenization.PreTokenizers;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization;

/// <summary>Raw text to ids without the template: added tokens, normaliser, pre-tokenizer, model. Immutable.</summary>
internal sealed class SegmentEncoder
{
    private readonly AddedVocabulary _added;
    private readonly Normalizer? _normalizer;
    private readonly IPieceTaker _pieces;
    private readonly BertChunkStep? _chunks;
    private readonly SearchValues<char>? _hazards;

    /// <summary>Puts the parts together.</summary>
    public SegmentEncoder(AddedVocabulary added, Normalizer? normalizer, IPieceTaker pieces, TokenModel model)
    {
        _added = added;
        _normalizer = normalizer;
        _pieces = pieces;
        if (normalizer is BertNormalizer bert && pieces is BertStep)
        {
            _chunks = new BertChunkStep(bert, model);
            _hazards = added.Normalized is { } matcher ? FindHazards(bert, matcher) : null;
        }
    }

    /// <summary>Whether it matters which piece stands at the start of the raw text.</summary>
    public bool NeedsStart { get; init; }

    /// <summary>Emits the ids of a text until the state is full.</summary>
    public void Encode(ReadOnlySpan<char> text, EncodeState state)
    {
        if (HasUnpairedSurrogate(text))
        {
            CharBuffer repaired = state.Rent();
            Repair(text, repaired);
            EncodeWellFormed(repaired.Span, state);
            state.Return(repaired);
        }
        else
        {
            EncodeWellFormed(text, state);
        }
    }

    private static bool HasUnpairedSurrogate(ReadOnlySpan<char> text)
    {
        int at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        for (; at >= 0 && at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[++at])))
            {
                return true;
            }
        }

        return false;
    }

    private static void Repair(ReadOnlySpan<char> text, CharBuffer into)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            into.AppendCode(rune.Value);
        }
    }

    // The characters that the normaliser may turn into the first character of an added token; past U+FFFF, all.
    private static SearchValues<char> FindHazards(BertNormalizer normalizer, AddedTokenMatcher matcher)
    {
        SearchValues<char> starts = SearchValues.Create([.. matcher.Patterns.Select(pattern => pattern[0])]);
        EncodeState state = new();
        CharBuffer buffer = new();
        List<char> hazards = [];
        for (int c = 0; c < 65536; c++)
        {
            buffer.Clear();
            if (char.IsSurrogate((char)c))
            {
                hazards.Add((char)c);
                continue;
            }

            normalizer.Apply([(char)c], buffer, state);
            if (buffer.Span.ContainsAny(starts))
            {
                hazards.Add((char)c);
            }
        }

        return SearchValues.Create([.. hazards]);
    }

    private void EncodeWellFormed(ReadOnlySpan<char> text, EncodeState state)
    {
        int done = 0;
        int from = 0;
        while (!state.Full && _added.Raw is { } matcher && matcher.TryFind(text, from, done, out AddedMatch match))
        {
            if (match.Start > done)
            {
                EncodeSegment(text[done..match.Start], done == 0, state);
            }

            state.Emit(match.Id);
            done = match.End;
            from = match.Resume;
        }

        if (done < text.Length && !state.Full)
        {
            EncodeSegment(text[done..], done == 0, state);
        }
    }

    private void EncodeSegment(ReadOnlySpan<char> text, bool first, EncodeState state)
    {
        if (_chunks is not null && !state.WholePieces && (_hazards is null || !text.ContainsAny(_hazards)))
        {
            _ = _chunks.Take(text, first, state);
        }
        else if (_normalizer is null || _normalizer.Leaves(text))
        {
            EncodeNormalized(text, first, state);
        }
        else
        {
            CharBuffer buffer = state.Rent();
            if (NeedsStart && first && !text.IsEmpty)
            {
                // Where the normaliser drops the first character, what is left does not start where the text starts.
                _ = CodePoints.At(text, 0, out int length);
                _normalizer.Apply(text[..length], buffer, state);
                first = buffer.Length > 0;
                buffer.Clear();
            }

            _normalizer.Apply(text, buffer, state);
            EncodeNormalized(buffer.Span, first, state);
            state.Return(buffer);
        }
    }

    private void EncodeNormalized(ReadOnlySpan<char> text, bool first, EncodeState state)
    {
        int done = 0;
        int from = 0;
        while (!state.Full && _added.Normalized is { } matcher && matcher.TryFind(text, from, done, out AddedMatch match))
        {
            if (match.Start > done)
            {
                _ = _pieces.Take(text[done..match.Start], first && done == 0, state);
            }

            state.Emit(match.Id);
            done = match.End;
            from = match.Resume;
        }

        if (done < text.Length && !state.Full)
        {
            _ = _pieces.Take(text[done..], first && done == 0, state);
        }
    }
}
