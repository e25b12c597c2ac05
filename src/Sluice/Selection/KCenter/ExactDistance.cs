using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Selection.KCenter;

/// <summary>
/// The distance that decides: direct subtraction in double precision, summed in an order that depends on the width alone. Multiplication and addition stay apart
/// (never fused), so every processor gives the same bits.
/// </summary>
internal static class ExactDistance
{
    // Rounding an embedding to single precision turns equal directions this far apart (squared chord).
    private const double SameDirection = 1e-13;

    /// <summary>Squared distance of <c>x * xScale</c> and <c>y * yScale</c>; exactly 0 for equal rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Squared(ReadOnlySpan<float> x, double xScale, ReadOnlySpan<float> y, double yScale)
    {
        Vector256<double> a = Vector256.Create(xScale);
        Vector256<double> b = Vector256.Create(yScale);
        Vector256<double> sum0 = default;
        Vector256<double> sum1 = default;
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Create(x.Slice(i, 8)));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.Create(y.Slice(i, 8)));
            Vector256<double> d0 = (x0 * a) - (y0 * b);
            Vector256<double> d1 = (x1 * a) - (y1 * b);
            sum0 += d0 * d0;
            sum1 += d1 * d1;
        }

        Vector256<double> sum = sum0 + sum1;
        double total = sum[0] + sum[1] + (sum[2] + sum[3]);
        for (; i < x.Length; i++)
        {
            double d = (x[i] * xScale) - (y[i] * yScale);
            total += d * d;
        }

        return total;
    }

    /// <summary>As <see cref="Squared"/>, for rows scaled to length 1; rounding noise counts as 0.</summary>
    public static double SquaredChord(ReadOnlySpan<float> x, double xScale, ReadOnlySpan<float> y, double yScale)
    {
        double squared = Squared(x, xScale, y, yScale);
        return squared < SameDirection ? 0 : squared;
    }

    /// <summary>1 / length of a row, 0 for a zero row.</summary>
    public static double InverseLength(ReadOnlySpan<float> x)
    {
        double squared = SquaredLength(x);
        return squared == 0 ? 0 : 1 / Math.Sqrt(squared);
    }

    /// <summary>Sum of squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredLength(ReadOnlySpan<float> x)
    {
        Vector256<double> sum0 = default;
        Vector256<double> sum1 = default;
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Create(x.Slice(i, 8)));
            sum0 += x0 * x0;
            sum1 += x1 * x1;
        }

        double total = Vector256.Sum(sum0 + sum1);
        for (; i < x.Length; i++)
        {
            total += (double)x[i] * x[i];
        }

        return total;
    }
}
