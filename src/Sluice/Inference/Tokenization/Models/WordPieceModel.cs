using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Models;

/// <summary>
/// WordPiece (Schuster and Nakajima, 2012, as BERT uses it): the longest piece of the vocabulary from the left, again and again; a word that cannot be
/// covered is unknown as a whole.
/// </summary>
internal sealed class WordPieceModel : TokenModel
{
    private readonly Vocabulary _vocabulary;
    private readonly CharTrie _trie;
    private readonly int _continuing;
    private readonly int _unknown;
    private readonly int _maxLength;

    /// <summary>Builds the model; words over <paramref name="maxLength"/> code points are unknown.</summary>
    public WordPieceModel(Vocabulary vocabulary, string continuingPrefix, int unknown, int maxLength)
    {
        _vocabulary = vocabulary;
        _unknown = unknown;
        _maxLength = maxLength;
        _trie = new CharTrie([.. vocabulary.Entries]);
        _continuing = _trie.Find(continuingPrefix);
    }

    /// <inheritdoc/>
    public override int VocabularySize => _vocabulary.Count;

    /// <inheritdoc/>
    public override int HighestId => _vocabulary.HighestId;

    /// <inheritdoc/>
    public override bool TryGetId(string token, out int id) => _vocabulary.TryGetId(token, out id);

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> word, IdList ids, EncodeState state)
    {
        int before = ids.Count;
        if (word.Length > _maxLength && CodePoints.Count(word) > _maxLength)
        {
            ids.Add(_unknown);
            return;
        }

        int[] values = _trie.Values;
        for (int start = 0; start < word.Length;)
        {
            int node = start == 0 ? CharTrie.Root : _continuing;
            int best = -1;
            int bestEnd = start;
            for (int i = start; node >= 0 && i < word.Length; i++)
            {
                node = _trie.Step(node, word[i]);
                if (node >= 0 && values[node] >= 0)
                {
                    best = values[node];
                    bestEnd = i + 1;
                }
            }

            if (best < 0)
            {
                ids.Resize(before);
                ids.Add(_unknown);
                return;
            }

            ids.Add(best);
            start = bestEnd;
        }
    }
}
