using System.Text;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Models;

/// <summary>
/// Byte-pair encoding (Sennrich et al., arXiv:1508.07909): the pair of lowest rank, the leftmost of equals, merges until none is left.
/// </summary>
internal sealed class BpeModel : TokenModel
{
    /// <summary>The character that SentencePiece vocabularies write for a space.</summary>
    public const char WordStart = '\u2581';

    // Up to here a scan of all ranks for each merge is quicker than a heap.
    private const int ScanLimit = 48;
    private const int TableSize = 0x180;
    private readonly Vocabulary _vocabulary;
    private readonly MergeTable _merges;
    private readonly BpeOptions _options;
    private readonly bool _marks;
    private readonly int[] _symbols = new int[TableSize];
    private readonly Dictionary<int, int> _otherSymbols = [];

    /// <summary>Builds the model.</summary>
    public BpeModel(Vocabulary vocabulary, MergeTable merges, BpeOptions options)
    {
        _vocabulary = vocabulary;
        _merges = merges;
        _options = options;
        _marks = options.ContinuingPrefix.Length > 0 || options.EndOfWordSuffix.Length > 0;
        Array.Fill(_symbols, -1);
        foreach ((string token, int id) in vocabulary.Entries)
        {
            if (Rune.DecodeFromUtf16(token, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && length == token.Length)
            {
                if (rune.Value < TableSize)
                {
                    _symbols[rune.Value] = id;
                }
                else
                {
                    _otherSymbols[rune.Value] = id;
                }
            }
        }
    }

    /// <summary>Whether text may be cut before each <see cref="WordStart"/> that follows another character without changing the ids.</summary>
    public bool CutsAtWordStart { get; init; }

    /// <inheritdoc/>
    public override int VocabularySize => _vocabulary.Count;

    /// <inheritdoc/>
    public override int HighestId => _vocabulary.HighestId;

    /// <inheritdoc/>
    public override bool TryGetId(string token, out int id) => _vocabulary.TryGetId(token, out id);

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> word, IdList ids, EncodeState state)
    {
        if (_options.IgnoreMerges && _vocabulary.Find(word) is >= 0 and int whole)
        {
            ids.Add(whole);
            return;
        }

        IdList symbols = state.Lists[0];
        symbols.Clear();
        AddSymbols(word, symbols);
        if (symbols.Count <= ScanLimit)
        {
            MergeByScan(symbols.Span, ids);
        }
        else
        {
            MergeByHeap(symbols, ids, state);
        }
    }

    private void AddSymbols(ReadOnlySpan<char> word, IdList symbols)
    {
        bool pending = false;
        for (int i = 0; i < word.Length;)
        {
            int code = CodePoints.At(word, i, out int length);
            int id = _marks ? FindMarked(word.Slice(i, length), i == 0, i + length == word.Length) : FindSymbol(code);
            if (id >= 0)
            {
                if (pending)
                {
                    symbols.Add(_options.Unknown);
                    pending = false;
                }

                symbols.Add(id);
            }
            else if (!TryAddBytes(word.Slice(i, length), i == 0, i + length == word.Length, symbols) && _options.Unknown >= 0)
            {
                if (pending && !_options.FuseUnknown)
                {
                    symbols.Add(_options.Unknown);
                }

                // Held back until a known symbol comes, as in the reference: bytes in between go before it.
                pending = true;
            }

            i += length;
        }

        if (pending)
        {
            symbols.Add(_options.Unknown);
        }
    }

    private int FindSymbol(int code) => code < TableSize ? _symbols[code] : _otherSymbols.GetValueOrDefault(code, -1);

    private int FindMarked(ReadOnlySpan<char> character, bool first, bool last)
    {
        if (!last && (first || _options.ContinuingPrefix.Length == 0))
        {
            return FindSymbol(CodePoints.At(character, 0, out _));
        }

        return _vocabulary.Find(Mark(character, first, last));
    }

    private string Mark(ReadOnlySpan<char> character, bool first, bool last) =>
        string.Concat(first ? string.Empty : _options.ContinuingPrefix, character, last ? _options.EndOfWordSuffix : string.Empty);

    private bool TryAddBytes(ReadOnlySpan<char> character, bool first, bool last, IdList symbols)
    {
        if (_options.Bytes is not { } tokens)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        ReadOnlySpan<byte> encoded = _marks ? Encoding.UTF8.GetBytes(Mark(character, first, last)) : bytes[..Encoding.UTF8.GetBytes(character, bytes)];
        foreach (byte value in encoded)
        {
            if (tokens[value] < 0)
            {
                return false;
            }
        }

        foreach (byte value in encoded)
        {
            symbols.Add(tokens[value]);
        }

        return true;
    }

    private void MergeByScan(Span<int> symbols, IdList ids)
    {
        Span<int> ranks = stackalloc int[ScanLimit];
        Span<int> merged = stackalloc int[ScanLimit];
        int count = symbols.Length;
        for (int i = 0; i < count - 1; i++)
        {
            ranks[i] = _merges.Rank(symbols[i], symbols[i + 1], out merged[i]);
        }

        while (count > 1)
        {
            int best = 0;
            for (int i = 1; i < count - 1; i++)
            {
                best = ranks[i] < ranks[best] ? i : best;
            }

            if (ranks[best] == MergeTable.None)
            {
                break;
            }

            symbols[best] = merged[best];
            count--;
            int moved = count - best - 1;
            symbols.Slice(best + 2, moved).CopyTo(symbols[(best + 1)..]);
            if (moved > 0)
            {
                ranks.Slice(best + 2, moved - 1).CopyTo(ranks[(best + 1)..]);
                merged.Slice(best + 2, moved - 1).CopyTo(merged[(best + 1)..]);
                ranks[best] = _merges.Rank(symbols[best], symbols[best + 1], out merged[best]);
            }

            if (best > 0)
            {
                ranks[best - 1] = _merges.Rank(symbols[best - 1], symbols[best], out merged[best - 1]);
            }
        }

        foreach (int id in symbols[..count])
        {
            ids.Add(id);
        }
    }

    private void MergeByHeap(IdList list, IdList ids, EncodeState state)
    {
        Span<int> symbols = list.Span;
        int count = symbols.Length;
        IdList nextList = state.Lists[1];
        IdList previousList = state.Lists[2];
        nextList.Resize(count);
        previousList.Resize(count);
        Span<int> next = nextList.Span;
        Span<int> previous = previousList.Span;
        MergeHeap heap = state.Heap;
        heap.Clear();
        for (int i = 0; i < count; i++)
        {
            next[i] = i + 1 < count ? i + 1 : -1;
            previous[i] = i - 1;
            if (i + 1 < count)
            {
                Offer(symbols[i], symbols[i + 1], i, heap);
            }
        }

        while (heap.TryPop(out long top))
        {
            int at = (int)(uint)top;
            // A symbol that was merged away is -1; a pair that changed has another rank.
            if (symbols[at] < 0 || next[at] < 0 || _merges.Rank(symbols[at], symbols[next[at]], out int merged) != (int)(top >> 32))
            {
                continue;
            }

            int gone = next[at];
            symbols[at] = merged;
            symbols[gone] = -1;
            next[at] = next[gone];
            if (next[at] >= 0)
            {
                previous[next[at]] = at;
                Offer(merged, symbols[next[at]], at, heap);
            }

            if (previous[at] >= 0)
            {
                Offer(symbols[previous[at]], merged, previous[at], heap);
            }
        }

        for (int at = 0; at >= 0; at = next[at])
        {
            ids.Add(symbols[at]);
        }
    }

    private void Offer(int left, int right, int at, MergeHeap heap)
    {
        int rank = _merges.Rank(left, right, out _);
        if (rank != MergeTable.None)
        {
            heap.Push(((long)rank << 32) | (uint)at);
        }
    }
}
