namespace Sluice.Selection.Iterative;

/// <summary>How many documents hold each of many n-grams, by an exact 64-bit key: open addressing, so that an n-gram costs 20 bytes or so.</summary>
internal sealed class NgramCounts
{
    private const int FirstSize = 1 << 12;

    private ulong[] _keys = new ulong[FirstSize];
    private int[] _documents = new int[FirstSize];
    private int[] _last = new int[FirstSize];
    private int _count;

    /// <summary>Mixes a key: which part and which place it goes to.</summary>
    public static ulong Mix(ulong key)
    {
        // The finalizer of MurmurHash3.
        key ^= key >> 33;
        key *= 0xFF51AFD7ED558CCD;
        key ^= key >> 33;
        key *= 0xC4CEB9FE1A85EC53;
        return key ^ (key >> 33);
    }

    /// <summary>Counts an n-gram of a document; a second one in the same document does not count.</summary>
    /// <param name="key">The n-gram's key, above 0.</param>
    /// <param name="mixed">Its mixed key.</param>
    /// <param name="document">0-based number of the document; documents come one after another.</param>
    public void Add(ulong key, ulong mixed, int document)
    {
        int at = Place(key, mixed);
        if (_keys[at] == 0)
        {
            _keys[at] = key;
            _documents[at] = 1;
            _last[at] = document;
            if (++_count > _keys.Length / 10 * 6)
            {
                Grow();
            }
        }
        else if (_last[at] != document)
        {
            _documents[at]++;
            _last[at] = document;
        }
    }

    /// <summary>Numbers the n-grams that two documents or more hold; no more may be counted then.</summary>
    /// <param name="documents">Takes the documents of each; the place it takes them is the n-gram's number.</param>
    public void Number(List<int> documents)
    {
        for (int at = 0; at < _keys.Length; at++)
        {
            _last[at] = 0;
            if (_keys[at] != 0 && _documents[at] > 1)
            {
                _last[at] = documents.Count;
                documents.Add(_documents[at]);
            }
        }
    }

    /// <summary>The number of a counted n-gram; 0 when one document alone holds it.</summary>
    public int NumberOf(ulong key, ulong mixed) => _last[Place(key, mixed)];

    private int Place(ulong key, ulong mixed)
    {
        ulong[] keys = _keys;
        int mask = keys.Length - 1;
        int at = (int)mixed & mask;
        while (keys[at] != 0 && keys[at] != key)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        (ulong[] keys, int[] documents, int[] last) = (_keys, _documents, _last);
        _keys = new ulong[keys.Length * 2];
        _documents = new int[_keys.Length];
        _last = new int[_keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                int at = Place(keys[i], Mix(keys[i]));
                (_keys[at], _documents[at], _last[at]) = (keys[i], documents[i], last[i]);
            }
        }
    }
}
