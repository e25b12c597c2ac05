namespace Sluice.Parsing;

/// <summary>Hands out slices of large character buffers, so that a batch's texts cost a few allocations rather than one a field.</summary>
public sealed class TextArena
{
    // 64 KiB: below the large-object threshold, so that the blocks of a batch die young.
    private const int BlockLength = 32 * 1024;
    private char[] _block = [];
    private int _used;
    private bool _lastFromBlock;

    /// <summary>A writable slice of <paramref name="length"/> characters, valid as long as anyone holds it.</summary>
    public Memory<char> Rent(int length)
    {
        if (_block.Length - _used < length)
        {
            // A text over a block gets its own array, so that a half-used block is not thrown away for it.
            if (length > BlockLength / 4)
            {
                _lastFromBlock = false;
                return GC.AllocateUninitializedArray<char>(length);
            }

            _block = GC.AllocateUninitializedArray<char>(BlockLength);
            _used = 0;
        }

        Memory<char> slice = _block.AsMemory(_used, length);
        _used += length;
        _lastFromBlock = true;
        return slice;
    }

    /// <summary>Gives back the unused end of the slice rented last.</summary>
    public void Return(int unused)
    {
        if (_lastFromBlock)
        {
            _used -= unused;
        }
    }
}
