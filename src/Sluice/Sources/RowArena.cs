namespace Sluice.Sources;

/// <summary>Collects the bytes of the row being framed and keeps finished rows side by side in large blocks: no array a row.</summary>
internal sealed class RowArena
{
    private RowBlock? _block;
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>Bytes of the open row.</summary>
    public Span<byte> Open => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Number of bytes of the open row.</summary>
    public int Length => _end - _start;

    /// <summary>Adds bytes to the open row.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _end < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Drops the end of the open row.</summary>
    public void Truncate(int length) => _end = _start + length;

    /// <summary>Drops the beginning of the open row.</summary>
    public void Skip(int length) => _start += length;

    /// <summary>Keeps only the first bytes of the open row and gives the memory of the rest back.</summary>
    public void Shrink(int length) => Move(new RowBlock(length), length);

    /// <summary>Closes the open row and hands its bytes out.</summary>
    /// <param name="block">Holds the bytes, which stay valid until it is released as often as it was held; null for a row of no bytes.</param>
    public ReadOnlyMemory<byte> Seal(out RowBlock? block)
    {
        block = _block;
        ReadOnlyMemory<byte> row = _bytes.AsMemory(_start, _end - _start);
        _start = _end;
        return row;
    }

    /// <summary>Lets go of the last block: no row follows.</summary>
    public void Close()
    {
        _block?.Release();
        _block = null;
        _bytes = [];
        _start = _end = 0;
    }

    private void Grow(int more)
    {
        int wanted = checked(Length + more);
        Move(new RowBlock(Math.Max(RowBlock.UsualLength, wanted > RowBlock.UsualLength / 4 ? checked(wanted + (wanted / 2)) : 0)), Length);
    }

    private void Move(RowBlock block, int length)
    {
        Open[..length].CopyTo(block.Bytes);
        _block?.Release();
        _block = block;
        _bytes = block.Bytes;
        _start = 0;
        _end = length;
    }
}
