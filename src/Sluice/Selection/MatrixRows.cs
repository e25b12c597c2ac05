namespace Sluice.Selection;

/// <summary>Rows of one row-major matrix in memory.</summary>
public sealed class MatrixRows : IVectorRows
{
    private readonly ReadOnlyMemory<float> _values;

    /// <summary>Wraps a matrix. Throws <see cref="ArgumentException"/> when its length is no multiple of the width.</summary>
    /// <param name="values">Count x width numbers, row after row.</param>
    /// <param name="width">Numbers a row, at least 1.</param>
    public MatrixRows(ReadOnlyMemory<float> values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (values.Length % width != 0)
        {
            throw new ArgumentException($"Found {values.Length} numbers, expected a multiple of the width {width}.", nameof(values));
        }

        _values = values;
        Width = width;
        Count = values.Length / width;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Row(int index) => _values.Span.Slice(index * Width, Width);
}
