using System.Buffers;

namespace Sluice.Dedup;

/// <summary>A growing run of characters on the shared array pool, for the length of one call.</summary>
internal ref struct CharBuffer
{
    private char[] _array;

    /// <summary>Rents room for <paramref name="capacity"/> characters.</summary>
    public CharBuffer(int capacity) => _array = ArrayPool<char>.Shared.Rent(Math.Max(capacity, 16));

    /// <summary>Characters in use.</summary>
    public int Length { get; private set; }

    /// <summary>The characters from <paramref name="start"/> on.</summary>
    public readonly ReadOnlySpan<char> From(int start) => _array.AsSpan(start, Length - start);

    /// <summary>Writable room for <paramref name="count"/> characters after those in use.</summary>
    public Span<char> Reserve(int count)
    {
        if (_array.Length - Length < count)
        {
            char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(checked(Length + count), (int)Math.Min(_array.Length * 2L, Array.MaxLength)));
            _array.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_array);
            _array = larger;
        }

        return _array.AsSpan(Length, count);
    }

    /// <summary>Takes <paramref name="count"/> reserved characters into use.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Gives the array back.</summary>
    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_array);
        _array = [];
    }
}
