using System.Buffers;

namespace Sluice.Parsing;

/// <summary>
/// Hands out slices of large buffers for the texts that cannot stay where they lie in their row, so that they cost nothing a field. The buffers are rented: whoever knows that no text
/// is read any more disposes the arena, and the next batch has them; an arena that is only dropped leaves them to the garbage collector.
/// </summary>
public sealed class TextArena : IDisposable
{
    // 64 KiB: below the large-object threshold, so that a buffer that is dropped dies young.
    private const int BlockLength = 64 * 1024;

    // Bytes of the longest text that lies in a buffer with others. A longer one gets its own array, so that a half-used buffer is not thrown away for it.
    private const int LongestShared = BlockLength / 4;

    private readonly List<byte[]> _blocks = [];
    private byte[] _block = [];
    private int _used;
    private bool _lastFromBlock;

    /// <summary>A writable slice of <paramref name="length"/> bytes of any value, valid until the arena is disposed.</summary>
    public Memory<byte> Rent(int length)
    {
        if (_block.Length - _used < length)
        {
            if (length > LongestShared)
            {
                _lastFromBlock = false;
                return GC.AllocateUninitializedArray<byte>(length);
            }

            _block = ArrayPool<byte>.Shared.Rent(BlockLength);
            _blocks.Add(_block);
            _used = 0;
        }

        Memory<byte> slice = _block.AsMemory(_used, length);
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
        foreach (byte[] block in _blocks)
        {
#if DEBUG
            // Whoever reads on sees it at once.
            block.AsSpan().Fill(0xFF);
#endif
            ArrayPool<byte>.Shared.Return(block);
        }

        _blocks.Clear();
        _block = [];
        _used = 0;
        _lastFromBlock = false;
    }
}
