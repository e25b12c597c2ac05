namespace Sluice.Inference.Tokenization;

/// <summary>A growing list of ids that is used again and again.</summary>
internal sealed class IdList
{
    private int[] _ids = new int[64];

    /// <summary>Number of ids held.</summary>
    public int Count { get; private set; }

    /// <summary>The ids held.</summary>
    public Span<int> Span => _ids.AsSpan(0, Count);

    /// <summary>Forgets all, keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends one id.</summary>
    public void Add(int id)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
        }

        _ids[Count++] = id;
    }

    /// <summary>Sets the number of ids; new ones have no meaning until written.</summary>
    public void Resize(int count)
    {
        if (_ids.Length < count)
        {
            Array.Resize(ref _ids, Math.Max(count, _ids.Length * 2));
        }

        Count = count;
    }
}
