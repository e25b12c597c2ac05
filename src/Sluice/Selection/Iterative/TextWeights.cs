namespace Sluice.Selection.Iterative;

/// <summary>
/// TF-IDF of documents over their words, pairs and triples of words, as scikit-learn's <c>TfidfVectorizer(ngram_range=(1, 3))</c> makes it: smooth idf
/// <c>ln((1 + n) / (1 + df)) + 1</c>, rows of length one (L2). Held by occurrence, so that a row's sum is the sum of its occurrences' weights over the row's norm; n-grams
/// that one document alone holds share one weight and are not stored.
/// </summary>
internal sealed class TextWeights
{
    private readonly WordReader _reader;
    private readonly IReadOnlyList<DocumentBlock> _blocks;
    private readonly double[] _norms;
    private readonly int[] _faded;
    private int _fades;

    internal TextWeights(WordReader reader, IReadOnlyList<DocumentBlock> blocks, double[] norms, double[] weights, long vocabulary)
    {
        _reader = reader;
        _blocks = blocks;
        _norms = norms;
        Weights = weights;
        Vocabulary = vocabulary;
        _faded = new int[weights.Length];
    }

    /// <summary>Documents.</summary>
    public int Count => _norms.Length;

    /// <summary>Different n-grams of all documents.</summary>
    public long Vocabulary { get; }

    /// <summary>What each n-gram weighs now, by its number: its idf, less what <see cref="Fade"/> took. Number 0 stands for all that one document alone holds.</summary>
    internal double[] Weights { get; }

    /// <summary>The sum of a document's weights: how much it holds that has not been taken yet.</summary>
    public double Sum(int document)
    {
        DocumentBlock block = Block(document, out int index);
        (int start, int end) = (block.Start(index), block.End(index));
        double[] weights = Weights;
        double sum = 0;
        foreach (int word in block.Words.AsSpan(start, end - start))
        {
            sum += weights[word];
        }

        foreach (int pair in block.Pairs.AsSpan(start, Math.Max(0, end - start - 1)))
        {
            sum += weights[pair];
        }

        foreach (int triple in block.Triples.AsSpan(start, Math.Max(0, end - start - 2)))
        {
            sum += weights[triple];
        }

        return end == start ? 0 : sum / _norms[document];
    }

    /// <summary>Multiplies the weight of every n-gram that a document holds. What it alone holds keeps its weight: no other document can tell.</summary>
    public void Fade(int document, double factor)
    {
        DocumentBlock block = Block(document, out int index);
        (int start, int end) = (block.Start(index), block.End(index));
        _fades++;
        foreach (int[] numbers in (ReadOnlySpan<int[]>)[block.Words, block.Pairs, block.Triples])
        {
            foreach (int number in numbers.AsSpan(start, end - start))
            {
                if (number != 0 && _faded[number] != _fades)
                {
                    _faded[number] = _fades;
                    Weights[number] *= factor;
                }
            }
        }
    }

    /// <summary>What a word weighs now; NaN when no document holds it.</summary>
    public double WeightOf(string word) => _reader.Find(word) is >= 0 and int number ? Weights[number + 1] : double.NaN;

    private DocumentBlock Block(int document, out int index)
    {
        // All blocks but the last hold the same number of documents.
        DocumentBlock block = _blocks[document / _blocks[0].Count];
        index = document - block.First;
        return block;
    }
}
