using System.Numerics.Tensors;

namespace Sluice.Selection.KCenter;

/// <summary>
/// The rows under a metric: their exact distances, and a packed single-precision form (scaled, then shifted by the mean so that little is lost to cancellation)
/// for which a dot product gives a proven lower bound of the exact distance.
/// </summary>
/// <remarks>
/// With packed rows x, c, lengths X, C, and t their computed dot product, <c>|t - x.c| &lt;= g X C</c>, g = width * 2^-24 for any order of summation (Higham 2002,
/// Accuracy and Stability of Numerical Algorithms, section 3.1). Packing itself moves a row by at most 2^-24 (X + 1). Hence
/// <c>distance^2 &gt;= Term(x) + Term(c) - 2t</c> with Term(x) = X^2 (1 - g') - e X and some room in g'.
/// </remarks>
internal sealed class MetricSpace
{
    private const double Rounding = 1.0 / (1 << 24);

    // A squared length above this may overflow in single precision; such rows are always measured exactly.
    private const double Overflow = 1e36;

    private readonly double[] _scales;
    private readonly float[] _mean;
    private readonly float[] _terms;
    private readonly double _relative;

    private MetricSpace(IVectorRows rows, double[] scales, float[] mean)
    {
        Rows = rows;
        _scales = scales;
        _mean = mean;
        _terms = new float[rows.Count];
        _relative = (rows.Width + 64) * Rounding;
    }

    public IVectorRows Rows { get; }

    public int Count => Rows.Count;

    public int Width => Rows.Width;

    /// <summary>
    /// Reads every row three times and gives the row nearest the mean, lowest index on ties. Throws <see cref="InvalidDataException"/> naming the first row with a value
    /// that is not finite.
    /// </summary>
    public static MetricSpace Create(IVectorRows rows, KCenterMetric metric, ParallelOptions parallel, out int meanRow)
    {
        double[] scales = metric == KCenterMetric.Cosine ? new double[rows.Count] : [];
        double[] mean = MeanRow.Compute(rows, scales, parallel);
        MetricSpace space = new(rows, scales, Array.ConvertAll(mean, static v => (float)v));
        RowBlocks.Run(rows.Count, parallel, (from, to) =>
        {
            float[] packed = new float[rows.Width];
            for (int row = from; row < to; row++)
            {
                space.Pack(row, packed);
                space._terms[row] = space.TermOf(packed);
            }
        });
        meanRow = MeanRow.Nearest(rows, scales, mean, parallel);
        return space;
    }

    /// <summary>The exact squared distance of two rows.</summary>
    public double Squared(int x, int y) => _scales.Length == 0
        ? ExactDistance.Squared(Rows.Row(x), 1, Rows.Row(y), 1)
        : ExactDistance.SquaredChord(Rows.Row(x), _scales[x], Rows.Row(y), _scales[y]);

    /// <summary>Writes the packed form of a row.</summary>
    public void Pack(int row, Span<float> packed)
    {
        if (_scales.Length == 0)
        {
            TensorPrimitives.Subtract(Rows.Row(row), _mean, packed);
            return;
        }

        TensorPrimitives.Multiply(Rows.Row(row), (float)_scales[row], packed);
        TensorPrimitives.Subtract(packed, _mean, packed);
    }

    /// <summary>The row's part of the lower bound.</summary>
    public float Term(int row) => _terms[row];

    /// <summary>A dot product with this row must exceed the result plus the other row's half term, or the other is at least <paramref name="squared"/> away.</summary>
    public float Threshold(int row, double squared) => MathF.BitDecrement((float)((_terms[row] - squared) / 2));

    private float TermOf(ReadOnlySpan<float> packed)
    {
        double sum = 0;
        foreach (float value in packed)
        {
            sum += (double)value * value;
        }

        if (!(sum < Overflow))
        {
            return float.NegativeInfinity;
        }

        double moved = _scales.Length == 0 ? 0 : 12 * Rounding * Math.Sqrt(sum);
        double tiny = Width * 4.0 * float.Epsilon;
        return MathF.BitDecrement((float)((sum * (1 - _relative)) - moved - tiny));
    }
}
