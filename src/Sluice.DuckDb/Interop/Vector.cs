namespace Sluice.DuckDb.Interop;

/// <summary>A column of a chunk, or the elements below one.</summary>
internal readonly unsafe struct Vector(VectorFunctions functions, nint vector)
{
    private readonly byte* _data = (byte*)functions.Data(vector);
    private readonly ulong* _validity = functions.Validity(vector);

    /// <summary>Whether the value is there (not NULL).</summary>
    public bool IsValid(int row) => _validity == null || (_validity[row >> 6] & (1UL << (row & 63))) != 0;

    /// <summary>The value of a column of fixed width.</summary>
    public T Get<T>(int row)
        where T : unmanaged => ((T*)_data)[row];

    /// <summary>The first <paramref name="count"/> values of a column of fixed width, those of NULLs undefined.</summary>
    public ReadOnlySpan<T> Span<T>(int count)
        where T : unmanaged => new(_data, count);

    /// <summary>The bytes of a text or blob: within the 16-byte value itself up to 12 bytes, else behind its pointer.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        byte* value = _data + ((nint)row * 16);
        int length = *(int*)value;
        return length <= 12 ? new ReadOnlySpan<byte>(value + 4, length) : new ReadOnlySpan<byte>(*(byte**)(value + 8), length);
    }

    /// <summary>Where the elements of a list or map lie in <see cref="Elements"/>.</summary>
    public (int Start, int Length) Range(int row)
    {
        ulong* entry = (ulong*)_data + ((nint)row * 2);
        return ((int)entry[0], (int)entry[1]);
    }

    /// <summary>The elements of all lists, or the entries (key, value) of all maps.</summary>
    public Vector Elements() => new(functions, functions.ListChild(vector));

    /// <summary>The elements of all fixed-size arrays.</summary>
    public Vector ArrayElements() => new(functions, functions.ArrayChild(vector));

    /// <summary>A field of a struct or of a map's entry.</summary>
    public Vector Field(int index) => new(functions, functions.StructChild(vector, (ulong)index));
}
