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

    /// <summary>Shares, brought to a sum of 1; one may be slightly negative.</summary>
    /// <param name="alpha">Importances, summing to 1.</param>
    /// <param name="gamma">Coefficients: row = target, column = trained.</param>
    /// <param name="aliased">True for the code as released, where alpha shares its memory with w and drifts with it; false for the paper's fixed alpha.</param>
    public static double[] Solve(IReadOnlyList<double> alpha, double[,] gamma, bool aliased)
    {
        int size = alpha.Count;
        float[] w = [.. alpha.Select(a => (float)a)];
        float[] importance = aliased ? w : [.. w];
        double[] first = new double[size];
        double[] second = new double[size];
        for (int step = 1; step <= Steps; step++)
        {
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
        return [.. w.Select(x => x / sum)];
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
