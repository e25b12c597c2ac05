using Sluice.Selection;
using Sluice.Selection.FacilityLocation;

namespace Sluice.Tests.Selection;

/// <summary>Facility location the plain way: every row's gain before every choice.</summary>
internal static class NaiveFacility
{
    /// <summary>The similarities in plain double-precision arithmetic, independent of the product's code.</summary>
    public static double[,] Similarities(IVectorRows rows, FacilitySimilarity similarity)
    {
        double[,] matrix = new double[rows.Count, rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < rows.Count; j++)
            {
                ReadOnlySpan<float> x = rows.Row(i);
                ReadOnlySpan<float> y = rows.Row(j);
                double xx = 0, yy = 0, xy = 0, dd = 0;
                for (int k = 0; k < x.Length; k++)
                {
                    xx += (double)x[k] * x[k];
                    yy += (double)y[k] * y[k];
                    xy += (double)x[k] * y[k];
                    dd += ((double)x[k] - y[k]) * ((double)x[k] - y[k]);
                }

                matrix[i, j] = similarity == FacilitySimilarity.Submodlib ? Math.Exp(-Math.Sqrt(dd) / rows.Width) : xx * yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
            }
        }

        return matrix;
    }

    /// <summary>Gains of all rows, given the best similarity of each row so far.</summary>
    public static double[] Gains(double[,] similarities, double[] best) => [.. Enumerable.Range(0, best.Length)
        .Select(j => Enumerable.Range(0, best.Length).Sum(i => Math.Max(0, similarities[i, j] - best[i])))];

    /// <summary>The plain greedy on the product's own similarities and sums, bit for bit.</summary>
    public static (int[] Order, double[] Gains) Run(IVectorRows rows, FacilityOptions options)
    {
        FacilitySpace space = new(rows, options.Similarity, new ParallelOptions());
        Shortfalls columns = new(space, long.MaxValue, new ParallelOptions());
        float[] current = [.. Enumerable.Repeat(1f, rows.Count)];
        List<int> order = [];
        List<double> gains = [];
        while (order.Count < Math.Min(options.Count, rows.Count))
        {
            (int Row, double Gain) best = (-1, -1);
            for (int row = 0; row < rows.Count; row++)
            {
                double gain = order.Contains(row) ? -1 : Gain.Of(current, columns[row]);
                best = gain > best.Gain || (options.HighestOnTies && gain == best.Gain && gain >= 0) ? (row, gain) : best;
            }

            order.Add(best.Row);
            gains.Add(best.Gain);
            for (int i = 0; i < current.Length; i++)
            {
                current[i] = Math.Min(current[i], columns[best.Row][i]);
            }
        }

        return ([.. order], [.. gains]);
    }
}
