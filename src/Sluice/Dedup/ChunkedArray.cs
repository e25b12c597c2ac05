namespace Sluice.Dedup;

/// <summary>A growing array of zeroed elements in chunks: growth copies nothing and wastes less than one chunk.</summary>
/// <typeparam name="T">Element.</typeparam>
internal sealed class ChunkedArray<T>
    where T : struct
{
    private readonly int _stride;
    private readonly int _shift;
    private T[][] _chunks = [];
    private int _used;

    /// <summary>Creates an empty array.</summary>
    /// <param name="stride">Elements of one item, which always lie together.</param>
    /// <param name="chunkShift">A chunk holds 2^chunkShift items.</param>
    public ChunkedArray(int stride, int chunkShift)
    {
        _stride = stride;
        _shift = chunkShift;
    }

    /// <summary>Elements held in memory.</summary>
    public long Capacity => ((long)_used << _shift) * _stride;

    /// <summary>The elements of item <paramref name="index"/>.</summary>
    public Span<T> this[uint index] => _chunks[index >> _shift].AsSpan((int)(index & ((1u << _shift) - 1)) * _stride, _stride);

    /// <summary>One element of an item, by reference.</summary>
    public ref T At(uint index, int element) => ref _chunks[index >> _shift][(int)(index & ((1u << _shift) - 1)) * _stride + element];

    /// <summary>Makes sure that items below <paramref name="count"/> exist.</summary>
    public void EnsureItems(long count)
    {
        while ((long)_used << _shift < count)
        {
            if (_used == _chunks.Length)
            {
                Array.Resize(ref _chunks, Math.Max(4, _used * 2));
            }

            _chunks[_used++] = new T[_stride << _shift];
        }
    }
}
