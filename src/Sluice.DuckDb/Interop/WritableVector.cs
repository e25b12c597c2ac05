namespace Sluice.DuckDb.Interop;

/// <summary>A column of a chunk that is being filled.</summary>
internal readonly unsafe struct WritableVector(VectorFunctions functions, nint vector)
{
    /// <summary>The values of a column of fixed width.</summary>
    public Span<T> Span<T>(int count)
        where T : unmanaged => new(functions.Data(vector), count);

    /// <summary>Makes a value NULL.</summary>
    public void SetNull(int row)
    {
        functions.EnsureValidity(vector);
        functions.Validity(vector)[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Sets a text; the bytes are copied.</summary>
    public void SetText(int row, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* bytes = utf8)
        {
            functions.AssignText(vector, (ulong)row, bytes, (ulong)utf8.Length);
        }
    }

    /// <summary>Says where the elements of a list lie.</summary>
    public void SetRange(int row, int start, int length)
    {
        ulong* entry = (ulong*)functions.Data(vector) + ((nint)row * 2);
        entry[0] = (ulong)start;
        entry[1] = (ulong)length;
    }

    /// <summary>Makes room for the elements of all lists of the chunk and gives them.</summary>
    public WritableVector Elements(int count)
    {
        if (functions.ReserveList(vector, (ulong)count) != 0 || functions.SetListSize(vector, (ulong)count) != 0)
        {
            throw new DuckDbException(DuckDbError.OutOfMemory, $"No room for {count} list elements.");
        }

        return new WritableVector(functions, functions.ListChild(vector));
    }
}
