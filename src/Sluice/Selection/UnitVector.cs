using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sluice.Selection.KCenter;

namespace Sluice.Selection;

/// <summary>Vectors brought to length one in single precision, and the products of two that decide: summed in double precision in an order that depends on the width alone.</summary>
internal static class UnitVector
{
    /// <summary>Writes the vector at length one; false, and zeros, when it is zero.</summary>
    public static bool Pack(ReadOnlySpan<float> row, Span<float> unit)
    {
        double scale = ExactDistance.InverseLength(row);
        for (int k = 0; k < row.Length; k++)
        {
            unit[k] = (float)(row[k] * scale);
        }

        return scale != 0;
    }

    /// <summary>The cosine of two vectors of length one, rounded to single precision, at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector256<double> sum0 = default;
        Vector256<double> sum1 = default;
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Create(x.Slice(i, 8)));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.Create(y.Slice(i, 8)));
            sum0 += x0 * y0;
            sum1 += x1 * y1;
        }

        Vector256<double> sum = sum0 + sum1;
        double total = sum[0] + sum[1] + (sum[2] + sum[3]);
        for (; i < x.Length; i++)
        {
            total += (double)x[i] * y[i];
        }

        return (float)Math.Min(1, total);
    }

    /// <summary>The sum of absolute differences, rounded to single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Manhattan(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double total = 0;
        for (int i = 0; i < x.Length; i++)
        {
            total += Math.Abs((double)x[i] - y[i]);
        }

        return (float)total;
    }
}
