using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>
/// The rows under a similarity s, given as the shortfall t = 1 - s, which single precision holds well where similarities crowd below 1, as submodlib's do in wide spaces.
/// The shortfall of a pair is the same bits whichever of the two is asked first and wherever it is computed, and exactly 0 for equal rows under submodlib's.
/// </summary>
internal sealed class FacilitySpace
{
    // Nearer pairs than this share of their squared lengths lose too many digits in |x|^2 + |y|^2 - 2xy and are measured by subtraction.
    private const float Near = 1e-3f;

    private readonly FacilitySimilarity _similarity;
    private readonly float[] _squares;
    private readonly float _rate;

    /// <summary>Reads every row once or twice. Throws <see cref="InvalidDataException"/> naming the first row with a value that is not finite.</summary>
    public FacilitySpace(IVectorRows rows, FacilitySimilarity similarity, ParallelOptions parallel)
    {
        Count = rows.Count;
        Width = rows.Width;
        _similarity = similarity;
        Packed = new float[checked((long)Count * Width)];
        _squares = new float[Count];

        // Lengths are brought near 1 by a power of two, which rounds nothing and keeps squares in range.
        double[] lengths = new double[Count];
        RowBlocks.Run(Count, parallel, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                lengths[row] = Math.Sqrt(ExactDistance.SquaredLength(rows.Row(row)));
            }
        });
        int broken = Array.FindIndex(lengths, static l => !double.IsFinite(l));
        if (broken >= 0)
        {
            throw new InvalidDataException(
                $"Row {broken} has a vector with a value that is not finite, expected {Width} finite numbers: embed the row, or leave it out with a Threshold step before.");
        }

        double longest = lengths.Max();
        int power = longest > 0 ? Math.ILogB(longest) : 0;
        _rate = (float)(Math.ScaleB(1, power) / Width);
        double scale = Math.ScaleB(1, -power);

        // Distances stay the same when the mean is taken off, and fewer digits of them are lost.
        double[] mean = similarity == FacilitySimilarity.Submodlib && Count > 0 ? MeanRow.Compute(rows, [], parallel) : [];
        RowBlocks.Run(Count, parallel, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                Pack(rows.Row(row), scale, mean, Packed.AsSpan(row * Width, Width));
                _squares[row] = SquareOf(Packed.AsSpan(row * Width, Width));
            }
        });
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Numbers a row.</summary>
    public int Width { get; }

    /// <summary>The rows as the kernel reads them, row after row.</summary>
    public float[] Packed { get; }

    /// <summary>Fills a panel with up to sixteen rows; lanes left over repeat the last.</summary>
    public void Fill(LanePanel panel, ReadOnlySpan<int> rows)
    {
        for (int lane = 0; lane < PanelKernel.Lanes; lane++)
        {
            int row = rows[Math.Min(lane, rows.Length - 1)];
            RowPanels.Fill(panel.Numbers, lane, Packed.AsSpan(row * Width, Width));
            panel.Squares[lane] = _squares[row];
            panel.Rows[lane] = row;
        }
    }

    /// <summary>Turns a row's products with a panel into shortfalls, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Shortfalls(int row, Span<float> products, LanePanel panel)
    {
        for (int lane = 0; lane < PanelKernel.Lanes; lane += 8)
        {
            Span<float> eight = products.Slice(lane, 8);
            Vector256<float> product = Vector256.Create<float>(eight);
            if (_similarity == FacilitySimilarity.Cosine)
            {
                Vector256.Max(Vector256<float>.Zero, Vector256<float>.One - product).CopyTo(eight);
                continue;
            }

            Vector256<float> squares = Vector256.Create(_squares[row]) + Vector256.Create(panel.Squares.AsSpan(lane, 8));
            Vector256<float> squared = squares - (product + product);
            uint near = Vector256.LessThan(squared, squares * Near).ExtractMostSignificantBits();
            if (near != 0)
            {
                squared.CopyTo(eight);
                Measure(row, panel.Rows.AsSpan(lane, 8), near, eight);
                squared = Vector256.Create<float>(eight);
            }

            OneMinusExp(Vector256.Sqrt(squared) * _rate).CopyTo(eight);
        }
    }

    private void Measure(int row, ReadOnlySpan<int> others, uint near, Span<float> squared)
    {
        for (; near != 0; near &= near - 1)
        {
            int lane = BitOperations.TrailingZeroCount(near);
            squared[lane] = (float)ExactDistance.Squared(Packed.AsSpan(row * Width, Width), 1, Packed.AsSpan(others[lane] * Width, Width), 1);
        }
    }

    // 1 - exp(-u) for u >= 0; near 0 by its series, as the subtraction would lose the digits that matter.
    private static Vector256<float> OneMinusExp(Vector256<float> u)
    {
        Vector256<float> series = Vector256.Create(1f / 5040);
        series = Vector256.Create(-1f / 720) + (series * u);
        series = Vector256.Create(1f / 120) + (series * u);
        series = Vector256.Create(-1f / 24) + (series * u);
        series = Vector256.Create(1f / 6) + (series * u);
        series = Vector256.Create(-0.5f) + (series * u);
        series = (Vector256<float>.One + (series * u)) * u;
        Vector256<float> near = Vector256.Create(0.25f);
        return Vector256.LessThanAll(u, near)
            ? series
            : Vector256.ConditionalSelect(Vector256.LessThan(u, near), series, Vector256<float>.One - Vector256.Exp(-u));
    }

    private void Pack(ReadOnlySpan<float> row, double scale, double[] mean, Span<float> packed)
    {
        if (_similarity == FacilitySimilarity.Cosine)
        {
            UnitVector.Pack(row, packed);
            return;
        }

        for (int k = 0; k < row.Length; k++)
        {
            packed[k] = (float)((row[k] - mean[k]) * scale);
        }
    }

    private static float SquareOf(ReadOnlySpan<float> packed)
    {
        float sum = 0;
        foreach (float value in packed)
        {
            sum = float.MultiplyAddEstimate(value, value, sum);
        }

        return sum;
    }
}
