namespace Sluice.Selection.Iterative;

/// <summary>How many documents hold each of many n-grams, by an exact 64-bit key: open addressing, so that an n-gram costs some 25 bytes and one look at memory.</summary>
internal sealed class NgramCounts
{
    private const int FirstSize = 1 << 12;

    private Slot[] _slots = new Slot[FirstSize];
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
        ref Slot slot = ref _slots[Place(_slots, key, mixed)];
        if (slot.Key == 0)
        {
            slot = new Slot { Key = key, Documents = 1, Last = document };
            if (++_count > _slots.Length / 10 * 6)
            {
                Grow();
            }
        }
        else if (slot.Last != document)
        {
            slot.Documents++;
            slot.Last = document;
        }
    }

    /// <summary>Numbers the n-grams that two documents or more hold; no more may be counted then.</summary>
    /// <param name="documents">Takes the documents of each; the place it takes them is the n-gram's number.</param>
    public void Number(List<int> documents)
    {
        foreach (ref Slot slot in _slots.AsSpan())
        {
            slot.Last = 0;
            if (slot.Documents > 1)
            {
                slot.Last = documents.Count;
                documents.Add(slot.Documents);
            }
        }
    }

    /// <summary>The number of a counted n-gram; 0 when one document alone holds it.</summary>
    public int NumberOf(ulong key, ulong mixed) => _slots[Place(_slots, key, mixed)].Last;

    private static int Place(Slot[] slots, ulong key, ulong mixed)
    {
        int mask = slots.Length - 1;
        int at = (int)mixed & mask;
        while (slots[at].Key != 0 && slots[at].Key != key)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        Slot[] slots = new Slot[_slots.Length * 2];
        foreach (Slot slot in _slots)
        {
            if (slot.Key != 0)
            {
                slots[Place(slots, slot.Key, Mix(slot.Key))] = slot;
            }
        }

        _slots = slots;
    }

    /// <summary>An n-gram: its documents and the last of them, later its number.</summary>
    private struct Slot
    {
        public ulong Key;
        public int Documents;
        public int Last;
    }
}
