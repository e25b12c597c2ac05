namespace Sluice.Selection.KCenter;

/// <summary>How far apart two rows are.</summary>
internal enum KCenterMetric
{
    /// <summary>Euclidean distance of the vectors as they are.</summary>
    Euclidean,

    /// <summary>
    /// Euclidean distance of the vectors scaled to length 1 (the chord, 0 to 2): orders as cosine similarity does and, unlike 1 - cosine, is a metric, so that the
    /// bounds hold. Cosine distance = chord squared / 2. A zero vector stays zero. Directions less than about 3e-7 apart count as the same.
    /// </summary>
    Cosine,
}
