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

    /// <summary>Characters of the longest text that lies in a buffer with others. A longer one gets its own array, so that a half-used buffer is not thrown away for it.</summary>
    internal const int LongestShared = BlockLength / 4;

    private readonly List<char[]> _blocks = [];
    private char[] _block = [];
    private int _used;
    private bool _lastFromBlock;

    /// <summary>A writable slice of <paramref name="length"/> characters of any value, valid until the arena is disposed.</summary>
    public Memory<char> Rent(int length)
    {
        if (_block.Length - _used < length)
        {
            if (length > LongestShared)
            {
                _lastFromBlock = false;
                return GC.AllocateUninitializedArray<char>(length);
            }

            AddBlock();
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

    /// <summary>Room for a text of at most <see cref="LongestShared"/> characters, which <see cref="Take"/> takes; as it is not taken yet, nothing else may be rented meanwhile.</summary>
    internal Span<char> Offer(int length)
    {
        if (_block.Length - _used < length)
        {
            AddBlock();
        }

        return _block.AsSpan(_used, length);
    }

    /// <summary>Takes the first characters of what was offered.</summary>
    /// <param name="length">UTF-16 units of the text.</param>
    /// <param name="gap">Characters left free behind it.</param>
    internal TextPlace Take(int length, int gap)
    {
        TextPlace place = new(_blocks.Count - 1, _used, length);
        _used += length + gap;
        _lastFromBlock = false;
        return place;
    }

    /// <summary>A text that was taken.</summary>
    internal ReadOnlyMemory<char> this[TextPlace place] => _blocks[place.Block].AsMemory(place.Start, place.Length);

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

    private void AddBlock()
    {
        _block = ArrayPool<char>.Shared.Rent(BlockLength);
        _blocks.Add(_block);
        _used = 0;
    }
}
