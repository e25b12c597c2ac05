using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Tests.Selection;

/// <summary>The plain greedy: every row against every choice, nothing skipped.</summary>
internal static class NaiveKCenter
{
    public delegate double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

    /// <summary>Plain scalar arithmetic, independent of the product's code.</summary>
    public static double Scalar(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double d = (double)x[k] - y[k];
            sum += d * d;
        }

        return sum;
    }

    /// <summary>The product's own distance, bit for bit.</summary>
    public static double Kernel(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => ExactDistance.Squared(x, 1, y, 1);

    public static double KernelChord(ReadOnlySpan<float> x, ReadOnlySpan<float> y) =>
        ExactDistance.SquaredChord(x, ExactDistance.InverseLength(x), y, ExactDistance.InverseLength(y));

    /// <summary>Order, radius before each choice after the start, radius at the end; stops when all distances are 0.</summary>
    public static (int[] Order, double[] Radius, double End) Run(IVectorRows rows, int count, int[] start, SquaredDistance squared)
    {
        double[] nearest = new double[rows.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        List<int> order = [];
        List<double> radius = [];
        foreach (int row in start)
        {
            Add(row);
        }

        while (order.Count < Math.Min(count, rows.Count))
        {
            int far = Farthest();
            if (nearest[far] == 0)
            {
                break;
            }

            radius.Add(Math.Sqrt(nearest[far]));
            Add(far);
        }

        return ([.. order], [.. radius], Math.Sqrt(nearest[Farthest()]));

        void Add(int row)
        {
            order.Add(row);
            for (int i = 0; i < nearest.Length; i++)
            {
                nearest[i] = Math.Min(nearest[i], squared(rows.Row(i), rows.Row(row)));
            }
        }

        int Farthest()
        {
            int best = 0;
            for (int i = 1; i < nearest.Length; i++)
            {
                best = nearest[i] > nearest[best] ? i : best;
            }

            return best;
        }
    }
}
