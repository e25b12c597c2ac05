namespace Sluice.Selection.Iterative;

/// <summary>
/// Makes <see cref="TextWeights"/> from documents given block by block, so that their texts need not be held. N-grams are known by exact keys: a pair by the numbers of its
/// words, a triple by the number of its first pair and its last word. They are counted in parts by the hash of their key, so that the tables of only some parts stand in
/// memory at a time: beside those it costs 12 bytes a word of all documents, and 16 bytes an n-gram that two documents share.
/// </summary>
/// <param name="threads">Threads at work; the result does not depend on it.</param>
internal sealed class TextWeightsBuilder(int threads)
{
    /// <summary>Documents in a block.</summary>
    public const int BlockDocuments = 16384;

    /// <summary>Words counted in one part, at most about: each may be a new n-gram in its table.</summary>
    private const int PartWords = 1_000_000;

    private readonly WordReader _reader = new();
    private readonly List<DocumentBlock> _blocks = [];
    private readonly List<int> _documents = [];
    private readonly List<int> _last = [];
    private int _count;
    private long _words;

    /// <summary>Adds the next documents: <see cref="BlockDocuments"/> of them, except the last time.</summary>
    public void Add(IReadOnlyList<string> documents)
    {
        if (_blocks.Count > 0 && _blocks[^1].Count != BlockDocuments)
        {
            throw new InvalidOperationException($"Found a block of {_blocks[^1].Count} documents before another, expected {BlockDocuments}. This is a bug.");
        }

        List<int> words = [];
        int[] starts = new int[documents.Count + 1];
        for (int i = 0; i < documents.Count; i++)
        {
            foreach (int word in _reader.Read(documents[i]))
            {
                Count(word, _count + i);
                // 0 stands for n-grams without a number of their own.
                words.Add(word + 1);
            }

            starts[i + 1] = words.Count;
        }

        _blocks.Add(new DocumentBlock(_count, starts, [.. words]));
        _count += documents.Count;
        _words += words.Count;
    }

    /// <summary>Weighs all documents added so far.</summary>
    public TextWeights Build(CancellationToken token)
    {
        // Number 0, then the words, the pairs and the triples.
        List<int> documents = [1, .. _documents];
        int parts = (int)Math.Max(threads, (_words / PartWords) + 1);
        CountPairs(documents, parts, token);
        CountTriples(documents, parts, token);
        double[] weights = new double[documents.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Log((1.0 + _count) / (1.0 + documents[i])) + 1;
        }

        double[] norms = new double[_count];
        long alone = 0;
        Parallel.ForEach(_blocks, Options(token), () => new RowNorm(weights), (block, _, norm) =>
        {
            for (int i = 0; i < block.Count; i++)
            {
                norms[block.First + i] = norm.Of(block, i);
            }

            return norm;
        }, norm => Interlocked.Add(ref alone, norm.Alone));
        return new TextWeights(_reader, _blocks, norms, weights, documents.Count - 1 + alone);
    }

    private ParallelOptions Options(CancellationToken token) => new() { MaxDegreeOfParallelism = threads, CancellationToken = token };

    private void Count(int word, int document)
    {
        if (word == _documents.Count)
        {
            _documents.Add(1);
            _last.Add(document);
        }
        else if (_last[word] != document)
        {
            _documents[word]++;
            _last[word] = document;
        }
    }

    // A pair that two documents share consists of words that they share, a triple of pairs that they share: the others need no place in a table.
    private void CountPairs(List<int> documents, int parts, CancellationToken token)
    {
        int[] shared = [.. documents];
        CountNgrams(documents, parts, 1, static block => block.Pairs, (block, at) =>
            shared[block.Words[at]] > 1 && shared[block.Words[at + 1]] > 1 ? Key(block.Words[at], block.Words[at + 1]) : 0, token);
    }

    private void CountTriples(List<int> documents, int parts, CancellationToken token) => CountNgrams(documents, parts, 2, static block => block.Triples, static (block, at) =>
        block.Pairs[at] != 0 && block.Pairs[at + 1] != 0 ? Key(block.Pairs[at], block.Words[at + 2]) : 0, token);

    private void CountNgrams(List<int> documents, int parts, int behind, Func<DocumentBlock, int[]> numbers, Func<DocumentBlock, int, ulong> key, CancellationToken token) =>
        Parallel.For(0, parts, Options(token), part =>
        {
            NgramCounts counts = new();
            // Where the part's n-grams stand, so that the second round need not look for them.
            List<(int At, ulong Key)>[] places = new List<(int, ulong)>[_blocks.Count];
            for (int b = 0; b < places.Length; b++)
            {
                token.ThrowIfCancellationRequested();
                places[b] = Count(_blocks[b], part, parts, behind, key, counts);
            }

            lock (documents)
            {
                counts.Number(documents);
            }

            for (int b = 0; b < places.Length; b++)
            {
                int[] into = numbers(_blocks[b]);
                foreach ((int at, ulong ngram) in places[b])
                {
                    into[at] = counts.NumberOf(ngram, NgramCounts.Mix(ngram));
                }
            }
        });

    private static List<(int At, ulong Key)> Count(DocumentBlock block, int part, int parts, int behind, Func<DocumentBlock, int, ulong> key, NgramCounts counts)
    {
        List<(int, ulong)> places = new(block.Words.Length / parts);
        for (int index = 0; index < block.Count; index++)
        {
            int end = block.End(index) - behind;
            for (int at = block.Start(index); at < end; at++)
            {
                ulong ngram = key(block, at);
                ulong mixed = NgramCounts.Mix(ngram);
                if (ngram != 0 && (int)(((mixed >> 32) * (uint)parts) >> 32) == part)
                {
                    counts.Add(ngram, mixed, block.First + index);
                    places.Add((at, ngram));
                }
            }
        }

        return places;
    }

    private static ulong Key(int first, int second) => ((ulong)first << 32) | (uint)second;
}
