using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Gathers framed rows into chunks whose boundaries depend on the rows alone.</summary>
/// <param name="file">0-based index of the file in the plan.</param>
/// <param name="rowsPerChunk">Rows at which a chunk is full.</param>
/// <param name="bytesPerChunk">Bytes at which a chunk is full.</param>
internal sealed class ChunkBuilder(int file, int rowsPerChunk, long bytesPerChunk)
{
    /// <summary>Bytes kept of a row that is longer than allowed.</summary>
    public const int KeptOfLongRow = 4096;

    // As many rows as a batch has, unless it was told otherwise.
    private const int FirstRows = 512;

    private readonly Queue<RawChunk> _ready = new();
    private RawRow[] _rows = [];
    private int _count;
    private List<RowBlock> _blocks = [];
    private SourcePosition _next;
    private long _bytes;

    /// <summary>Adds a row. A full chunk leaves only when another row follows it, so that the last one can say that it is the last.</summary>
    /// <param name="number">1-based number of the row.</param>
    /// <param name="offset">Offset of its first byte.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="fault">Why it could not be framed, or null.</param>
    /// <param name="next">Where reading goes on after it.</param>
    /// <param name="block">What holds the bytes; held by the chunk too.</param>
    public void Add(long number, long offset, ReadOnlyMemory<byte> bytes, string? fault, SourcePosition next, RowBlock? block = null)
    {
        if (_count >= rowsPerChunk || (_count > 0 && _bytes >= bytesPerChunk))
        {
            Seal(_next, end: false);
        }

        if (block is not null && (_blocks.Count == 0 || _blocks[^1] != block))
        {
            block.Hold();
            _blocks.Add(block);
        }

        if (_count == _rows.Length)
        {
            Grow();
        }

        _rows[_count++] = new RawRow(new RowOrigin(file, number, offset), bytes, fault);
        _bytes += bytes.Length;
        _next = next;
    }

    /// <summary>Closes the last chunk, be it empty.</summary>
    public void Complete(SourcePosition end) => Seal(end, end: true);

    /// <summary>Takes a finished chunk.</summary>
    public bool TryTake([NotNullWhen(true)] out RawChunk? chunk) => _ready.TryDequeue(out chunk);

    private void Seal(SourcePosition next, bool end)
    {
        _ready.Enqueue(new RawChunk(_rows, _count, next, end, _blocks));
        _rows = [];
        _count = 0;
        _blocks = [];
        _bytes = 0;
    }

    private void Grow()
    {
        RawRow[] larger = ArrayPool<RawRow>.Shared.Rent(Math.Max(FirstRows, 2 * _count));
        _rows.CopyTo(larger, 0);
        RawChunk.Return(_rows);
        _rows = larger;
    }
}
