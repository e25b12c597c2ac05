namespace Sluice.Proportions;

/// <summary>
/// The optimiser of the authors' released code, for comparing with published results: Adam on <c>-(alpha^T Gamma w) / sum(w)</c> from w = alpha, rate 1e-4, at most 2000
/// steps, stopped after the first step with a share below 1e-5. No limit binds; how far shares move is an accident of the step size. Only their direction is used.
/// </summary>
internal static class PublishedOptimizer
{
    private const int Steps = 2000;
    private const float Smallest = 1e-5f;
    private const double Rate = 1e-4;
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-8;

    // Worths that differ by the rounding of a sum are equal.
    private const double Equal = 1e-12;

    /// <summary>The shares at the end.</summary>
    /// <param name="alpha">Importances, each above 0, summing to 1.</param>
    /// <param name="gamma">Coefficients: row = target, column = trained.</param>
    /// <param name="variant">How much of it to run.</param>
    public static PublishedShares Solve(IReadOnlyList<double> alpha, double[,] gamma, PublishedVariant variant) =>
        variant == PublishedVariant.FirstStep ? FirstStep(alpha, gamma) : Adam(alpha, gamma, variant == PublishedVariant.AdamAliased);

    // Adam's first step is as long for every share, whatever the gradient: only its sign counts.
    private static PublishedShares FirstStep(IReadOnlyList<double> alpha, double[,] gamma)
    {
        double[] worth = ProportionSolver.Worth(gamma, [.. alpha]);
        double average = worth.Zip(alpha, static (s, a) => s * a).Sum();
        return new PublishedShares([.. alpha.Select((a, j) => a + (Math.Abs(worth[j] - average) < Equal ? 0 : Rate * Math.Sign(worth[j] - average)))], 1);
    }

    private static PublishedShares Adam(IReadOnlyList<double> alpha, double[,] gamma, bool aliased)
    {
        int size = alpha.Count;
        float[] w = [.. alpha.Select(a => (float)a)];
        float[] importance = aliased ? w : [.. w];
        double[] first = new double[size];
        double[] second = new double[size];
        int taken = 0;
        for (int step = 1; step <= Steps; step++)
        {
            taken = step;
            double[] gradient = Gradient(importance, gamma, w);
            double rate = Rate / (1 - Math.Pow(FirstDecay, step));
            double correction = Math.Sqrt(1 - Math.Pow(SecondDecay, step));
            for (int j = 0; j < size; j++)
            {
                first[j] = (FirstDecay * first[j]) + ((1 - FirstDecay) * gradient[j]);
                second[j] = (SecondDecay * second[j]) + ((1 - SecondDecay) * gradient[j] * gradient[j]);
                w[j] -= (float)(rate * first[j] / ((Math.Sqrt(second[j]) / correction) + Epsilon));
            }

            if (w.Min() < Smallest)
            {
                break;
            }
        }

        double sum = w.Sum(x => (double)x);
        return new PublishedShares([.. w.Select(x => x / sum)], taken);
    }

    private static double[] Gradient(float[] alpha, double[,] gamma, float[] w)
    {
        double[] worth = new double[w.Length];
        double value = 0;
        double sum = 0;
        for (int j = 0; j < w.Length; j++)
        {
            for (int i = 0; i < w.Length; i++)
            {
                worth[j] += alpha[i] * gamma[i, j];
            }

            value += worth[j] * w[j];
            sum += w[j];
        }

        return [.. worth.Select(s => -((s / sum) - (value / (sum * sum))))];
    }
}
