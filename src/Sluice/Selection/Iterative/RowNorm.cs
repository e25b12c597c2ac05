namespace Sluice.Selection.Iterative;

/// <summary>Measures a document's row before it is brought to length one: the root of the sum of (occurrences x idf) squared over its different n-grams.</summary>
/// <param name="weights">The idf of each n-gram by its number.</param>
internal sealed class RowNorm(double[] weights)
{
    private ulong[] _keys = [];
    private int[] _places = [];
    private int[] _ranks = [];

    /// <summary>Different pairs and triples, of the documents measured so far, that no other document holds.</summary>
    public long Alone { get; private set; }

    /// <summary>The length of a document's row; 0 without words.</summary>
    public double Of(DocumentBlock block, int index)
    {
        (int start, int count) = (block.Start(index), block.End(index) - block.Start(index));
        if (count > _keys.Length)
        {
            (_keys, _places, _ranks) = (new ulong[count], new int[count], new int[count]);
        }

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            _keys[i] = (uint)block.Words[start + i];
        }

        sum += Squares(block.Words, start, count);
        for (int i = 0; i < count - 1; i++)
        {
            _keys[i] = ((ulong)block.Words[start + i] << 32) | (uint)block.Words[start + i + 1];
        }

        sum += Squares(block.Pairs, start, count - 1);
        for (int i = 0; i < count - 2; i++)
        {
            // Pairs without a number are told apart by their rank within the document.
            _keys[i] = ((ulong)_ranks[i] << 32) | (uint)block.Words[start + i + 2];
        }

        sum += Squares(block.Triples, start, count - 2);
        return Math.Sqrt(sum);
    }

    private double Squares(int[] numbers, int start, int count)
    {
        if (count <= 0)
        {
            return 0;
        }

        for (int i = 0; i < count; i++)
        {
            _places[i] = i;
        }

        Array.Sort(_keys, _places, 0, count);
        double sum = 0;
        for (int i = 0, rank = 0; i < count; rank++)
        {
            int same = i;
            for (; same < count && _keys[same] == _keys[i]; same++)
            {
                _ranks[_places[same]] = rank;
            }

            int number = numbers[start + _places[i]];
            Alone += number == 0 ? 1 : 0;
            double value = (same - i) * weights[number];
            sum += value * value;
            i = same;
        }

        return sum;
    }
}
