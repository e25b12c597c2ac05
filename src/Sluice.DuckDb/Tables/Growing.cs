namespace Sluice.DuckDb.Tables;

/// <summary>An array that grows at its end and is handed over without a copy when its size was known beforehand.</summary>
internal sealed class Growing<T>(int capacity)
{
    private T[] _values = capacity == 0 ? [] : new T[capacity];
    private int _count;

    /// <summary>The next <paramref name="count"/> places, to be filled.</summary>
    public Span<T> Next(int count)
    {
        int needed = checked(_count + count);
        if (needed > _values.Length)
        {
            Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(needed, _values.Length * 2L)));
        }

        Span<T> places = _values.AsSpan(_count, count);
        _count = needed;
        return places;
    }

    /// <summary>The values, no place more.</summary>
    public T[] Finish()
    {
        Array.Resize(ref _values, _count);
        return _values;
    }
}
