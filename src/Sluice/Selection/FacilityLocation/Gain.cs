using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Selection.FacilityLocation;

/// <summary>The sum over rows of what one more chosen row saves them: max(0, current shortfall - its shortfall).</summary>
internal static class Gain
{
    // Sums of so many rows are added up in row order, whatever thread made them.
    private const int Block = 4096;

    /// <summary>
    /// The gain, in double precision and in an order that depends on the number of rows alone. Since rounding keeps order, it never rises when the current shortfalls fall:
    /// an old gain is an upper bound.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(float[] current, float[] column)
    {
        double total = 0;
        for (int from = 0; from < current.Length; from += Block)
        {
            int length = Math.Min(Block, current.Length - from);
            total += Sum(current.AsSpan(from, length), column.AsSpan(from, length));
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(ReadOnlySpan<float> current, ReadOnlySpan<float> column)
    {
        Vector256<double> sum0 = default;
        Vector256<double> sum1 = default;
        int i = 0;
        for (; i <= current.Length - 8; i += 8)
        {
            Vector256<float> saved = Vector256.Max(Vector256<float>.Zero, Vector256.Create(current.Slice(i, 8)) - Vector256.Create(column.Slice(i, 8)));
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(saved);
            sum0 += low;
            sum1 += high;
        }

        Vector256<double> sum = sum0 + sum1;
        double total = sum[0] + sum[1] + (sum[2] + sum[3]);
        for (; i < current.Length; i++)
        {
            total += Math.Max(0, current[i] - column[i]);
        }

        return total;
    }
}
