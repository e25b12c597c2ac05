using System.Buffers;

namespace Sluice.Dedup;

/// <summary>A growing run of bytes on the shared array pool, for the length of one call. Behind the bytes in use there is always room for one vector, so that loops need no tail.</summary>
internal ref struct ByteBuffer
{
    /// <summary>Bytes that may be read and written behind those in use or reserved.</summary>
    public const int Slack = 32;

    private byte[] _array;

    /// <summary>Rents room for <paramref name="capacity"/> bytes.</summary>
    public ByteBuffer(int capacity) => _array = ArrayPool<byte>.Shared.Rent(capacity + Slack);

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes in use.</summary>
    public readonly ReadOnlySpan<byte> Written => _array.AsSpan(0, Length);

    /// <summary>The bytes in use and <see cref="Slack"/> more of any value.</summary>
    public readonly ReadOnlySpan<byte> WithSlack => _array.AsSpan(0, Length + Slack);

    /// <summary>Some bytes in use, writable.</summary>
    public readonly Span<byte> Slice(int start, int length) => _array.AsSpan(0, Length).Slice(start, length);

    /// <summary>Writable room for <paramref name="count"/> bytes after those in use, and <see cref="Slack"/> more.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_array.Length - Length - Slack < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + count + Slack), (int)Math.Min(_array.Length * 2L, Array.MaxLength)));
            _array.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }

        return _array.AsSpan(Length, count + Slack);
    }

    /// <summary>Takes <paramref name="count"/> reserved bytes into use.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Gives the array back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
    }
}
