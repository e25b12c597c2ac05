namespace Sluice.Sources;

/// <summary>Collects the bytes of the row being framed and keeps finished rows side by side in large blocks: no array a row.</summary>
internal sealed class RowArena
{
    // Below the large-object threshold, so that short-lived blocks die young.
    private const int BlockLength = 64 * 1024;
    private byte[] _block = [];
    private int _start;
    private int _end;

    /// <summary>Bytes of the open row.</summary>
    public Span<byte> Open => _block.AsSpan(_start, _end - _start);

    /// <summary>Number of bytes of the open row.</summary>
    public int Length => _end - _start;

    /// <summary>Adds bytes to the open row.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_block.Length - _end < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_block.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Drops the end of the open row.</summary>
    public void Truncate(int length) => _end = _start + length;

    /// <summary>Drops the beginning of the open row.</summary>
    public void Skip(int length) => _start += length;

    /// <summary>Keeps only the first bytes of the open row and gives the memory of the rest back.</summary>
    public void Shrink(int length)
    {
        byte[] kept = Open[..length].ToArray();
        _block = kept;
        _start = 0;
        _end = length;
    }

    /// <summary>Closes the open row and hands its bytes out; they stay valid as long as anyone holds them.</summary>
    public ReadOnlyMemory<byte> Seal()
    {
        ReadOnlyMemory<byte> row = _block.AsMemory(_start, _end - _start);
        _start = _end;
        return row;
    }

    private void Grow(int more)
    {
        int length = Length;
        int wanted = checked(length + more);
        byte[] block = GC.AllocateUninitializedArray<byte>(Math.Max(BlockLength, wanted > BlockLength / 4 ? checked(wanted + (wanted / 2)) : 0));
        Open.CopyTo(block);
        _block = block;
        _start = 0;
        _end = length;
    }
}
