using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>
/// Upper bounds of all rows' gains at once, for half the products: a pair's shortfall serves both rows. The sums come in another order than <see cref="Gain"/>'s, so they
/// are widened by more than rounding can have moved them.
/// </summary>
internal sealed class GainBounds
{
    // n additions in double precision are at most n * 2^-53 off, relatively, as all terms are positive; room for 2^29 rows.
    private const double Widened = 1 + 1e-7;

    private readonly FacilitySpace _space;
    private readonly ParallelOptions _parallel;
    private readonly int _side;
    private readonly int _blocks;

    public GainBounds(FacilitySpace space, ParallelOptions parallel)
    {
        _space = space;
        _parallel = parallel;

        // At most 64 blocks, so that the blocks' own sums, kept apart to be added in one order, take 64 numbers a row.
        _side = Math.Max(512, ((space.Count / 64) + PanelKernel.Lanes) / PanelKernel.Lanes * PanelKernel.Lanes);
        _blocks = (space.Count + _side - 1) / _side;
    }

    /// <summary>A bound for each row, given every row's current shortfall.</summary>
    public double[] Compute(float[] current)
    {
        // Pair (a, b), a <= b, gives the gains of b's rows from a's at [a, b], and those of a's rows from b's at [b, a].
        double[,][] parts = new double[_blocks, _blocks][];
        (int A, int B)[] pairs = [.. from a in Enumerable.Range(0, _blocks) from b in Enumerable.Range(a, _blocks - a) select (a, b)];
        Parallel.For(0, pairs.Length, _parallel, i => Pair(pairs[i].A, pairs[i].B, current, parts));
        double[] bounds = new double[_space.Count];
        for (int row = 0; row < bounds.Length; row++)
        {
            double sum = 0;
            for (int block = 0; block < _blocks; block++)
            {
                sum += parts[block, row / _side][row % _side];
            }

            bounds[row] = sum * Widened;
        }

        return bounds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pair(int a, int b, float[] current, double[,][] parts)
    {
        int end = Math.Min(_space.Count, (a + 1) * _side);
        int panelEnd = Math.Min(_space.Count, (b + 1) * _side);
        double[] ofB = new double[_side];
        double[] ofA = a == b ? [] : new double[_side];
        LanePanel panel = new(_space.Width);
        float[] lanesCurrent = new float[PanelKernel.Lanes];
        float[] results = new float[PanelKernel.Rows * PanelKernel.Lanes];
        Span<int> group = stackalloc int[PanelKernel.Rows];
        for (int first = b * _side; first < panelEnd; first += PanelKernel.Lanes)
        {
            int taken = Math.Min(PanelKernel.Lanes, panelEnd - first);
            _space.Fill(panel, [.. Enumerable.Range(first, taken)]);

            // A lane that repeats the last row gains nothing for anybody.
            lanesCurrent.AsSpan().Clear();
            current.AsSpan(first, taken).CopyTo(lanesCurrent);
            Span<double> panelSums = ofB.AsSpan(first - (b * _side), PanelKernel.Lanes);
            for (int row = a * _side; row < end; row += PanelKernel.Rows)
            {
                for (int k = 0; k < PanelKernel.Rows; k++)
                {
                    group[k] = Math.Min(row + k, end - 1);
                }

                PanelKernel.Run(panel.Numbers, panel.Offsets, _space.Packed, group, _space.Width, results);
                for (int k = 0; k < Math.Min(PanelKernel.Rows, end - row); k++)
                {
                    Span<float> products = results.AsSpan(k * PanelKernel.Lanes, PanelKernel.Lanes);
                    _space.Shortfalls(row + k, products, panel);
                    AddTo(panelSums, current[row + k], products);
                    if (a != b)
                    {
                        ofA[row + k - (a * _side)] += SumOf(lanesCurrent, products);
                    }
                }
            }
        }

        parts[a, b] = ofB;
        if (a != b)
        {
            parts[b, a] = ofA;
        }
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
}
