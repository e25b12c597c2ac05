namespace Sluice.Selection.ScoreFirst;

/// <summary>What <see cref="SimilarityFilter"/> keeps, and how it works.</summary>
internal sealed class FilterOptions
{
    /// <summary>A row is dropped when its measure against a kept row is strictly above this, compared in single precision.</summary>
    public required double Limit { get; init; }

    /// <summary>Rows to keep; -1 (the default) for all.</summary>
    public int Count { get; init; } = -1;

    /// <summary>
    /// Rows that are judged together, from the second row on: inside such a batch a row is also dropped for an earlier one that is itself dropped
    /// (<c>filter/base.py</c> with <c>batch_size</c> above 1). 1 (the default) judges by kept rows only.
    /// </summary>
    public int Batch { get; init; } = 1;

    /// <summary>The measure; cosine by default.</summary>
    public FilterMetric Metric { get; init; } = FilterMetric.Cosine;

    /// <summary>Whether a vector of zeros, which has no direction and so resembles nothing, is dropped. By default it is kept, as the reference's NaN is.</summary>
    public bool DropZeros { get; init; }

    /// <summary>Threads at work; by default one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
