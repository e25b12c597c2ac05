using System.Buffers;

namespace Sluice.Sources;

/// <summary>A block of memory in which rows lie side by side. The arena that fills it and each chunk with rows in it hold it; the last one to let go gives it back.</summary>
internal sealed class RowBlock
{
    // 256 KiB: fewer calls of the system than 64 KiB take made reading and parsing 7 % faster. Blocks are given back, so that such large ones are rarely made; larger ones, for long
    // rows, are not kept.
    public const int UsualLength = 256 * 1024;
    private int _holders = 1;

    /// <summary>Gets memory, held once.</summary>
    public RowBlock(int length) => Bytes = length <= UsualLength ? ArrayPool<byte>.Shared.Rent(UsualLength) : GC.AllocateUninitializedArray<byte>(length);

    /// <summary>The memory.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>Holds the block once more.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Lets go of it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0)
        {
            return;
        }

        byte[] bytes = Bytes;
        Bytes = [];
#if DEBUG
        // Whoever reads on sees it at once.
        bytes.AsSpan().Fill(0xFF);
#endif
        if (bytes.Length <= UsualLength)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
