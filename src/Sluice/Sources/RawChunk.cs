using System.Runtime.InteropServices;
using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Consecutive framed rows of one file. Disposed when nobody reads the rows' bytes any more; one that is only dropped leaves them to the garbage collector.</summary>
/// <param name="Rows">In file order; blank lines are not rows.</param>
/// <param name="Next">Where reading goes on after the last row.</param>
/// <param name="End">Whether the file holds nothing more.</param>
public sealed record RawChunk(IReadOnlyList<RawRow> Rows, SourcePosition Next, bool End) : IDisposable
{
    private IReadOnlyList<RowBlock> _blocks = [];

    internal RawChunk(IReadOnlyList<RawRow> rows, SourcePosition next, bool end, IReadOnlyList<RowBlock> blocks)
        : this(rows, next, end) => _blocks = blocks;

    /// <summary>The rows, to be gone through without a call for each.</summary>
    internal ReadOnlySpan<RawRow> Span => Rows is List<RawRow> list ? CollectionsMarshal.AsSpan(list) : Rows.ToArray();

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
    }
}
