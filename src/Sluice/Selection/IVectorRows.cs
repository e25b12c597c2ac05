namespace Sluice.Selection;

/// <summary>Vectors of one width, a row each: an array, or segments that are memory-mapped. Must allow reading by many threads at once.</summary>
public interface IVectorRows
{
    /// <summary>Number of rows.</summary>
    int Count { get; }

    /// <summary>Numbers a row, at least 1.</summary>
    int Width { get; }

    /// <summary>The <see cref="Width"/> numbers of one row (0-based). The span must stay valid while the rows live.</summary>
    ReadOnlySpan<float> Row(int index);
}
