namespace Sluice.Proportions.Estimation;

/// <summary>One estimated coefficient.</summary>
/// <param name="Trained">Index of the trained category (i).</param>
/// <param name="Target">Index of the target category (j).</param>
/// <param name="Mean">Average of the ratios over the slices whose denominator is large enough; NaN where there is none.</param>
/// <param name="Variance">Their sample variance (divided by their number less 1); NaN where there are fewer than two.</param>
/// <param name="Used">Slices averaged over.</param>
/// <param name="Slices">Slices measured.</param>
/// <param name="Gamma">The coefficient as it stands in the matrix: the average, clipped; where undefined 1 on the diagonal (by definition) and 0 elsewhere.</param>
internal sealed record EffectCell(int Trained, int Target, double Mean, double Variance, int Used, int Slices, double Gamma)
{
    /// <summary>Whether training the target on its own category moved its score too little on every slice, so that there is no ratio.</summary>
    public bool IsUndefined => Used == 0;

    /// <summary>Whether the average was beyond the limit.</summary>
    public bool IsClipped => Used > 0 && Mean != Gamma;
}
