using System.Buffers;
using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Consecutive framed rows of one file. Disposed when nobody reads the rows' bytes any more; one that is only dropped leaves them to the garbage collector.</summary>
/// <param name="Rows">In file order; blank lines are not rows.</param>
/// <param name="Next">Where reading goes on after the last row.</param>
/// <param name="End">Whether the file holds nothing more.</param>
public sealed record RawChunk(IReadOnlyList<RawRow> Rows, SourcePosition Next, bool End) : IDisposable
{
    private IReadOnlyList<RowBlock> _blocks = [];
    private RawRow[] _rented = [];

    /// <summary>Rows in an array that is given back when the chunk is disposed; their number stays known.</summary>
    internal RawChunk(RawRow[] rented, int count, SourcePosition next, bool end, IReadOnlyList<RowBlock> blocks)
        : this(new ArraySegment<RawRow>(rented, 0, count), next, end)
    {
        _rented = rented;
        _blocks = blocks;
    }

    /// <summary>The rows, to be gone through without a call for each.</summary>
    internal ReadOnlySpan<RawRow> Span => Rows is ArraySegment<RawRow> rented ? rented : Rows.ToArray();

    /// <summary>Raw bytes of the rows.</summary>
    internal long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (ref readonly RawRow row in Span)
            {
                bytes += row.Bytes.Length;
            }

            return bytes;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RowBlock block in _blocks)
        {
            block.Release();
        }

        _blocks = [];
        Return(_rented);
        _rented = [];
    }

    /// <summary>Gives an array of rows back, cleared: it would keep their bytes alive.</summary>
    internal static void Return(RawRow[] rented)
    {
        if (rented.Length > 0)
        {
            ArrayPool<RawRow>.Shared.Return(rented, clearArray: true);
        }
    }
}
