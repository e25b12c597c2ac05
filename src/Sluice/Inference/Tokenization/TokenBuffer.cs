namespace Sluice.Inference.Tokenization;

/// <summary>A growing flat list of token ids and their segment (type) ids, several texts one after another.</summary>
public sealed class TokenBuffer
{
    private int[] _ids = new int[256];
    private byte[] _types = new byte[256];

    /// <summary>Number of ids held.</summary>
    public int Count { get; private set; }

    /// <summary>The ids held.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>The segment id of each token: 0 for the first text of a pair, 1 for the second.</summary>
    public ReadOnlySpan<byte> Types => _types.AsSpan(0, Count);

    /// <summary>Appends one token.</summary>
    public void Add(int id, byte type = 0)
    {
        if (Count == _ids.Length)
        {
            Grow(1);
        }

        _ids[Count] = id;
        _types[Count++] = type;
    }

    /// <summary>Appends tokens of one segment.</summary>
    public void Add(ReadOnlySpan<int> ids, byte type)
    {
        if (_ids.Length - Count < ids.Length)
        {
            Grow(ids.Length);
        }

        ids.CopyTo(_ids.AsSpan(Count));
        _types.AsSpan(Count, ids.Length).Fill(type);
        Count += ids.Length;
    }

    /// <summary>Forgets the tokens past the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Forgets all tokens, keeps the memory.</summary>
    public void Clear() => Count = 0;

    private void Grow(int count)
    {
        int length = Math.Max(_ids.Length * 2, Count + count);
        Array.Resize(ref _ids, length);
        Array.Resize(ref _types, length);
    }
}
