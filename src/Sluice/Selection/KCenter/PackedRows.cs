using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Selection.KCenter;

/// <summary>
/// Single-precision arithmetic of packed rows. Compiled at full optimisation at once: a choice is one long call, over before the runtime would have replaced quick code.
/// </summary>
internal static class PackedRows
{
    /// <summary>Writes <c>row * scale - mean</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(ReadOnlySpan<float> row, float scale, ReadOnlySpan<float> mean, Span<float> packed)
    {
        mean = mean[..row.Length];
        packed = packed[..row.Length];
        Vector256<float> s = Vector256.Create(scale);
        int k = 0;
        for (; k <= row.Length - 8; k += 8)
        {
            ((Vector256.Create(row.Slice(k, 8)) * s) - Vector256.Create(mean.Slice(k, 8))).CopyTo(packed.Slice(k, 8));
        }

        for (; k < row.Length; k++)
        {
            packed[k] = (row[k] * scale) - mean[k];
        }
    }

    /// <summary>The dot product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        y = y[..x.Length];
        Vector256<float> sum0 = default;
        Vector256<float> sum1 = default;
        Vector256<float> sum2 = default;
        Vector256<float> sum3 = default;
        int k = 0;
        for (; k <= x.Length - 32; k += 32)
        {
            sum0 = Vector256.MultiplyAddEstimate(Vector256.Create(x.Slice(k, 8)), Vector256.Create(y.Slice(k, 8)), sum0);
            sum1 = Vector256.MultiplyAddEstimate(Vector256.Create(x.Slice(k + 8, 8)), Vector256.Create(y.Slice(k + 8, 8)), sum1);
            sum2 = Vector256.MultiplyAddEstimate(Vector256.Create(x.Slice(k + 16, 8)), Vector256.Create(y.Slice(k + 16, 8)), sum2);
            sum3 = Vector256.MultiplyAddEstimate(Vector256.Create(x.Slice(k + 24, 8)), Vector256.Create(y.Slice(k + 24, 8)), sum3);
        }

        float sum = Vector256.Sum((sum0 + sum1) + (sum2 + sum3));
        for (; k < x.Length; k++)
        {
            sum += x[k] * y[k];
        }

        return sum;
    }
}
