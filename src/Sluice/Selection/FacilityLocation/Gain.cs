using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Selection.FacilityLocation;

/// <summary>The sum over rows of what one more chosen row saves them: max(0, current shortfall - its shortfall).</summary>
internal static class Gain
{
    // Sums of so many rows are added up in row order, whatever thread made them.
    private const int Block = 4096;
    private const int Lanes = 8;

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

    /// <summary>The same gain, bit for bit, of a row whose column holds less than the current shortfall at these rows alone: what else the sum has is zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(float[] current, ReadOnlySpan<Near> near)
    {
        // The sums of a block's rows by place modulo eight, as the lanes of Sum hold them; those behind its last eight are added one by one.
        Span<double> lanes = stackalloc double[Lanes];
        double total = 0;
        for (int at = 0; at < near.Length;)
        {
            int from = near[at].Row / Block * Block;
            int whole = from + (Math.Min(Block, current.Length - from) / Lanes * Lanes);
            lanes.Clear();
            for (; at < near.Length && near[at].Row < whole; at++)
            {
                lanes[near[at].Row % Lanes] += Math.Max(0, current[near[at].Row] - near[at].Shortfall);
            }

            double sum = lanes[0] + lanes[4] + (lanes[1] + lanes[5]) + (lanes[2] + lanes[6] + (lanes[3] + lanes[7]));
            for (; at < near.Length && near[at].Row < from + Block; at++)
            {
                sum += Math.Max(0, current[near[at].Row] - near[at].Shortfall);
            }

            total += sum;
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
