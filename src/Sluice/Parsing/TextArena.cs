using System.Buffers;

namespace Sluice.Parsing;

/// <summary>
/// Hands out slices of large character buffers, so that a batch's texts cost nothing a field. The buffers are rented: whoever knows that no text is read any more disposes
/// the arena, and the next batch has them; an arena that is only dropped leaves them to the garbage collector.
/// </summary>
public sealed class TextArena : IDisposable
{
    // 64 KiB: below the large-object threshold, so that a buffer that is dropped dies young.
    private const int BlockLength = 32 * 1024;
    private readonly List<char[]> _blocks = [];
    private char[] _block = [];
    private int _used;
    private bool _lastFromBlock;

    /// <summary>A writable slice of <paramref name="length"/> characters of any value, valid until the arena is disposed.</summary>
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

            _block = ArrayPool<char>.Shared.Rent(BlockLength);
            _blocks.Add(_block);
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

    /// <summary>Gives the buffers back: no text of this arena may be read any more.</summary>
    public void Dispose()
    {
        foreach (char[] block in _blocks)
        {
#if DEBUG
            // Whoever reads on sees it at once.
            block.AsSpan().Fill('\uFFFF');
#endif
            ArrayPool<char>.Shared.Return(block);
        }

        _blocks.Clear();
        _block = [];
        _used = 0;
        _lastFromBlock = false;
    }
}
