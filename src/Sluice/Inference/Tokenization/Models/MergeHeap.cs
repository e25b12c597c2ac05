namespace Sluice.Inference.Tokenization.Models;

/// <summary>A binary min-heap of numbers that is used again and again.</summary>
internal sealed class MergeHeap
{
    private long[] _items = new long[64];
    private int _count;

    /// <summary>Forgets all, keeps the memory.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a number.</summary>
    public void Push(long item)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        int at = _count++;
        while (at > 0 && _items[(at - 1) / 2] > item)
        {
            _items[at] = _items[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _items[at] = item;
    }

    /// <summary>Takes the smallest number out; false when there is none.</summary>
    public bool TryPop(out long smallest)
    {
        if (_count == 0)
        {
            smallest = 0;
            return false;
        }

        smallest = _items[0];
        long last = _items[--_count];
        int at = 0;
        while ((at * 2) + 1 < _count)
        {
            int child = (at * 2) + 1;
            if (child + 1 < _count && _items[child + 1] < _items[child])
            {
                child++;
            }

            if (_items[child] >= last)
            {
                break;
            }

            _items[at] = _items[child];
            at = child;
        }

        _items[at] = last;
        return true;
    }
}
