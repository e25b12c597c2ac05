namespace Sluice.Dedup;

/// <summary>The kept row that a row nearly repeats.</summary>
/// <param name="Row">Its row, or -1 when there is none.</param>
/// <param name="Similarity">The Jaccard index of the two shingle sets; NaN when there is none.</param>
internal readonly record struct NearMatch(long Row, float Similarity)
{
    /// <summary>No row is near.</summary>
    public static NearMatch None => new(-1, float.NaN);
}
