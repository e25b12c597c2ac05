using System.Text;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Models;

/// <summary>The most probable segmentation under a unigram language model (Kudo, arXiv:1804.10959, section 3.2), by Viterbi search.</summary>
internal sealed class UnigramModel : TokenModel
{
    // What an unknown character costs below the least likely piece.
    private const double UnknownPenalty = 10;
    private readonly Vocabulary _vocabulary;
    private readonly double[] _scores;
    private readonly CharTrie _trie;
    private readonly int _unknown;
    private readonly double _unknownScore;
    private readonly int[]? _bytes;

    /// <summary>Builds the model; <paramref name="bytes"/> are the ids of the 256 byte tokens where the file falls back to them.</summary>
    public UnigramModel(Vocabulary vocabulary, double[] scores, int unknown, int[]? bytes)
    {
        _vocabulary = vocabulary;
        _scores = scores;
        _unknown = unknown;
        _bytes = bytes;
        _unknownScore = scores.Min() - UnknownPenalty;
        _trie = new CharTrie([.. vocabulary.Entries]);
    }

    /// <inheritdoc/>
    public override int VocabularySize => _scores.Length;

    /// <inheritdoc/>
    public override int HighestId => _scores.Length - 1;

    /// <inheritdoc/>
    public override bool TryGetId(string token, out int id) => _vocabulary.TryGetId(token, out id);

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> word, IdList ids, EncodeState state)
    {
        IdList starts = state.Lists[0];
        IdList pieces = state.Lists[1];
        starts.Resize(word.Length + 1);
        pieces.Resize(word.Length + 1);
        Search(word, starts.Span, pieces.Span, state);
        IdList cuts = state.Lists[2];
        cuts.Clear();
        for (int end = word.Length; end > 0;)
        {
            cuts.Add(end);
            int start = starts.Span[end];
            // Neighbouring unknown pieces are one.
            while (pieces.Span[end] == _unknown && start > 0 && pieces.Span[start] == _unknown)
            {
                start = starts.Span[start];
            }

            end = start;
        }

        int from = 0;
        for (int i = cuts.Count - 1; i >= 0; i--)
        {
            int end = cuts.Span[i];
            Append(word[from..end], pieces.Span[end], ids);
            from = end;
        }
    }

    private void Search(ReadOnlySpan<char> word, Span<int> starts, Span<int> pieces, EncodeState state)
    {
        if (state.Scores.Length <= word.Length)
        {
            state.Scores = new double[Math.Max(word.Length + 1, state.Scores.Length * 2)];
        }

        Span<double> best = state.Scores.AsSpan(0, word.Length + 1);
        starts.Fill(-1);
        best[0] = 0;
        int[] values = _trie.Values;
        for (int start = 0; start < word.Length;)
        {
            _ = CodePoints.At(word, start, out int width);
            bool single = false;
            int node = CharTrie.Root;
            for (int i = start; i < word.Length; i++)
            {
                node = _trie.Step(node, word[i]);
                if (node < 0)
                {
                    break;
                }

                int id = values[node];
                if (id >= 0)
                {
                    single |= i + 1 - start == width;
                    Offer(i + 1, start, id, best[start] + _scores[id], best, starts, pieces);
                }
            }

            if (!single)
            {
                Offer(start + width, start, _unknown, best[start] + _unknownScore, best, starts, pieces);
            }

            start += width;
        }
    }

    private static void Offer(int end, int start, int id, double score, Span<double> best, Span<int> starts, Span<int> pieces)
    {
        if (starts[end] < 0 || score > best[end])
        {
            best[end] = score;
            starts[end] = start;
            pieces[end] = id;
        }
    }

    private void Append(ReadOnlySpan<char> piece, int id, IdList ids)
    {
        // Unknown pieces that were joined may spell a token.
        int found = id == _unknown ? _vocabulary.Find(piece) : id;
        if (found >= 0)
        {
            ids.Add(found);
        }
        else if (_bytes is null)
        {
            ids.Add(_unknown);
        }
        else
        {
            Span<byte> bytes = stackalloc byte[4];
            foreach (Rune rune in piece.EnumerateRunes())
            {
                int count = rune.EncodeToUtf8(bytes);
                foreach (byte value in bytes[..count])
                {
                    ids.Add(_bytes[value]);
                }
            }
        }
    }
}
