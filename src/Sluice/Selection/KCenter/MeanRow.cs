using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Selection.KCenter;

/// <summary>The mean of all rows, and the row nearest to it. Sums in double, in an order fixed by the rows alone.</summary>
internal static class MeanRow
{
    /// <summary>The mean of the scaled rows; fills <paramref name="scales"/> with 1 / length unless it is empty.</summary>
    public static double[] Compute(IVectorRows rows, double[] scales, ParallelOptions parallel)
    {
        double[][] sums = new double[RowBlocks.Number(rows.Count)][];
        int[] broken = new int[sums.Length];
        RowBlocks.Run(rows.Count, parallel, (block, from, to) => (sums[block], broken[block]) = Sum(rows, scales, from, to));
        int first = Array.Find(broken, static row => row >= 0);
        if (Array.Exists(broken, static row => row >= 0))
        {
            throw new InvalidDataException(
                $"Row {first} has a vector with a value that is not finite, expected {rows.Width} finite numbers: embed the row, or leave it out with a Threshold step before.");
        }

        double[] mean = new double[rows.Width];
        foreach (double[] sum in sums)
        {
            for (int k = 0; k < mean.Length; k++)
            {
                mean[k] += sum[k] / rows.Count;
            }
        }

        return mean;
    }

    /// <summary>The row with the smallest distance to <paramref name="mean"/>, lowest index on ties.</summary>
    public static int Nearest(IVectorRows rows, double[] scales, double[] mean, ParallelOptions parallel)
    {
        (double Distance, int Row)[] best = new (double, int)[RowBlocks.Number(rows.Count)];
        RowBlocks.Run(rows.Count, parallel, (block, from, to) =>
        {
            best[block] = (double.PositiveInfinity, from);
            for (int row = from; row < to; row++)
            {
                double distance = Distance(rows.Row(row), scales.Length == 0 ? 1 : scales[row], mean);
                if (distance < best[block].Distance)
                {
                    best[block] = (distance, row);
                }
            }
        });
        return best.MinBy(static b => b.Distance).Row;
    }

    private static (double[] Sum, int Broken) Sum(IVectorRows rows, double[] scales, int from, int to)
    {
        double[] sum = new double[rows.Width];
        for (int row = from; row < to; row++)
        {
            double scale = 1;
            if (scales.Length > 0)
            {
                scale = scales[row] = ExactDistance.InverseLength(rows.Row(row));
            }

            Accumulate(rows.Row(row), scale, sum);
        }

        // One value that is not finite spoils its sum, and finite single-precision values cannot.
        return (sum, Array.TrueForAll(sum, double.IsFinite) ? -1 : Enumerable.Range(from, to - from).First(row => !IsFinite(rows.Row(row))));
    }

    private static bool IsFinite(ReadOnlySpan<float> row)
    {
        foreach (float value in row)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(ReadOnlySpan<float> row, double scale, Span<double> sum)
    {
        Vector256<double> s = Vector256.Create(scale);
        int k = 0;
        for (; k <= row.Length - 8; k += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(row.Slice(k, 8)));
            (Vector256.Create(sum.Slice(k, 4)) + (low * s)).CopyTo(sum.Slice(k, 4));
            (Vector256.Create(sum.Slice(k + 4, 4)) + (high * s)).CopyTo(sum.Slice(k + 4, 4));
        }

        for (; k < row.Length; k++)
        {
            sum[k] += row[k] * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Distance(ReadOnlySpan<float> row, double scale, ReadOnlySpan<double> mean)
    {
        Vector256<double> s = Vector256.Create(scale);
        Vector256<double> sums = default;
        int k = 0;
        for (; k <= row.Length - 8; k += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(row.Slice(k, 8)));
            low = (low * s) - Vector256.Create(mean.Slice(k, 4));
            high = (high * s) - Vector256.Create(mean.Slice(k + 4, 4));
            sums += (low * low) + (high * high);
        }

        double sum = Vector256.Sum(sums);
        for (; k < row.Length; k++)
        {
            double d = (row[k] * scale) - mean[k];
            sum += d * d;
        }

        return sum;
    }
}
