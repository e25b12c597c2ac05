using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>
/// Upper bounds of all rows' gains at once, for half the products. The sums come in another order than <see cref="Gain"/>'s, so they are widened by more than rounding can
/// have moved them.
/// </summary>
internal sealed class GainBounds(FacilitySpace space, ParallelOptions parallel)
{
    // n additions in double precision are at most n * 2^-53 off, relatively, as all terms are positive; room for 2^29 rows.
    private const double Widened = 1 + 1e-7;

    /// <summary>A bound for each row, given every row's current shortfall.</summary>
    public double[] Compute(float[] current)
    {
        PairBlocks blocks = new(space, parallel);

        // Pair (a, b), a <= b, gives the gains of b's rows from a's at [a, b], and those of a's rows from b's at [b, a]; kept apart, to be added in one order.
        double[,][] parts = new double[blocks.Number, blocks.Number][];
        blocks.Run((a, b) => new Reader(current, parts, a, b, blocks.Side));
        double[] bounds = new double[space.Count];
        for (int row = 0; row < bounds.Length; row++)
        {
            double sum = 0;
            for (int block = 0; block < blocks.Number; block++)
            {
                sum += parts[block, row / blocks.Side][row % blocks.Side];
            }

            bounds[row] = sum * Widened;
        }

        return bounds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTo(Span<double> sums, float current, ReadOnlySpan<float> shortfalls)
    {
        for (int lane = 0; lane < PanelKernel.Lanes; lane += 8)
        {
            Vector256<float> saved = Vector256.Max(Vector256<float>.Zero, Vector256.Create(current) - Vector256.Create(shortfalls.Slice(lane, 8)));
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(saved);
            (Vector256.Create<double>(sums.Slice(lane, 4)) + low).CopyTo(sums.Slice(lane, 4));
            (Vector256.Create<double>(sums.Slice(lane + 4, 4)) + high).CopyTo(sums.Slice(lane + 4, 4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOf(ReadOnlySpan<float> current, ReadOnlySpan<float> shortfalls)
    {
        Vector256<double> sum = default;
        for (int lane = 0; lane < PanelKernel.Lanes; lane += 8)
        {
            Vector256<float> saved = Vector256.Max(Vector256<float>.Zero, Vector256.Create(current.Slice(lane, 8)) - Vector256.Create(shortfalls.Slice(lane, 8)));
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(saved);
            sum += low + high;
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Sums of one pair of blocks.</summary>
    private sealed class Reader(float[] current, double[,][] parts, int a, int b, int side) : IPairReader
    {
        private readonly double[] _ofB = new double[side];
        private readonly double[] _ofA = a == b ? [] : new double[side];
        private readonly float[] _lanes = new float[PanelKernel.Lanes];
        private int _first = -1;

        public void Take(int row, int first, int taken, ReadOnlySpan<float> shortfalls)
        {
            if (first != _first)
            {
                // A lane that repeats the last row gains nothing for anybody.
                _first = first;
                _lanes.AsSpan(taken).Clear();
                current.AsSpan(first, taken).CopyTo(_lanes);
            }

            AddTo(_ofB.AsSpan(first - (b * side), PanelKernel.Lanes), current[row], shortfalls);
            if (a != b)
            {
                _ofA[row - (a * side)] += SumOf(_lanes, shortfalls);
            }
        }

        public void End()
        {
            parts[a, b] = _ofB;
            if (a != b)
            {
                parts[b, a] = _ofA;
            }
        }
    }
}
