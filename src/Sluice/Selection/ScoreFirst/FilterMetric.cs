namespace Sluice.Selection.ScoreFirst;

/// <summary>The measure of two rows that a row is dropped for when it exceeds the limit.</summary>
internal enum FilterMetric
{
    /// <summary>Cosine similarity: a row is dropped for being close to a kept one.</summary>
    Cosine,

    /// <summary>
    /// Sum of absolute differences of the vectors at length one. Being a distance, it drops the rows that are far from a kept one, which is what Deita's
    /// <c>filter/base.py</c> does with <c>distance_metric="manhattan"</c>; only for comparison with it.
    /// </summary>
    Manhattan,
}
