namespace Sluice.Proportions.Estimation;

/// <summary>
/// The effect-equivalence coefficient of "Beyond IID" (arXiv 2409.07045, the definition in the section on category interactions): one unit of instructions of category i is worth
/// <c>gamma_ij = Avg_k (rho[M + C_i](j,k) - rho[M](j,k)) / (rho[M + C_j](j,k) - rho[M](j,k))</c> units of category j, on j's own evaluation slices k. Its release holds no estimator;
/// the guards (too small denominators, the limit, the variance) are ours.
/// </summary>
internal static class EffectEstimator
{
    /// <summary>Estimates all coefficients.</summary>
    /// <param name="scores">The measured scores.</param>
    /// <param name="minGain">A slice counts only where training the target itself moved its score by at least this much, either way; in the scores' unit.</param>
    /// <param name="clip">Largest absolute value of a coefficient; the published figure ends at about 1.2.</param>
    public static EffectEstimate Estimate(MeasuredScores scores, double minGain, double clip)
    {
        int count = scores.Categories.Count;
        EffectCell[,] cells = new EffectCell[count, count];
        double[][] selfGains = [.. Enumerable.Range(0, count).Select(j => Gains(scores, j, j))];
        for (int target = 0; target < count; target++)
        {
            for (int trained = 0; trained < count; trained++)
            {
                cells[trained, target] = Cell(trained, target, Gains(scores, trained, target), selfGains[target], minGain, clip);
            }
        }

        return new EffectEstimate(scores.Categories, cells, selfGains);
    }

    private static double[] Gains(MeasuredScores scores, int trained, int target) =>
        [.. scores.Scores[trained][target].Zip(scores.BaseScores[target], static (after, before) => after - before)];

    private static EffectCell Cell(int trained, int target, double[] gains, double[] selfGains, double minGain, double clip)
    {
        double[] ratios = [.. gains.Zip(selfGains).Where(g => Math.Abs(g.Second) >= minGain && g.Second != 0).Select(g => g.First / g.Second)];
        if (ratios.Length == 0)
        {
            return new EffectCell(trained, target, double.NaN, double.NaN, 0, gains.Length, trained == target ? 1 : 0);
        }

        double mean = ratios.Average();
        double variance = ratios.Length < 2 ? double.NaN : ratios.Sum(r => (r - mean) * (r - mean)) / (ratios.Length - 1);
        return new EffectCell(trained, target, mean, variance, ratios.Length, gains.Length, Math.Clamp(mean, -clip, clip));
    }
}
