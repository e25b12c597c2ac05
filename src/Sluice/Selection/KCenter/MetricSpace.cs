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
    private readonly double[] _exactMean;
    private readonly float[] _mean;
    private readonly float[] _terms;
    private readonly double _relative;

    private MetricSpace(IVectorRows rows, double[] scales, double[] mean)
    {
        Rows = rows;
        _scales = scales;
        _exactMean = mean;
        _mean = Array.ConvertAll(mean, static v => (float)v);
        _terms = new float[rows.Count];
        _relative = (rows.Width + 64) * Rounding;
    }

    public IVectorRows Rows { get; }

    public int Count => Rows.Count;

    public int Width => Rows.Width;

    /// <summary>Reads every row twice. Throws <see cref="InvalidDataException"/> naming the first row with a value that is not finite.</summary>
    public static MetricSpace Create(IVectorRows rows, KCenterMetric metric, ParallelOptions parallel)
    {
        double[] scales = metric == KCenterMetric.Cosine ? new double[rows.Count] : [];
        double[] mean = MeanRow.Compute(rows, scales, parallel);
        MetricSpace space = new(rows, scales, mean);
        RowBlocks.Run(rows.Count, parallel, (from, to) =>
        {
            float[] packed = new float[rows.Width];
            for (int row = from; row < to; row++)
            {
                space.Pack(row, packed);
                space._terms[row] = space.TermOf(packed);
            }
        });
        return space;
    }

    /// <summary>The exact squared distance of two rows.</summary>
    public double Squared(int x, int y) => _scales.Length == 0
        ? ExactDistance.Squared(Rows.Row(x), 1, Rows.Row(y), 1)
        : ExactDistance.SquaredChord(Rows.Row(x), _scales[x], Rows.Row(y), _scales[y]);

    /// <summary>The row nearest the mean of all rows, lowest index on ties.</summary>
    public int NearestToMean(ParallelOptions parallel) => MeanRow.Nearest(Rows, _scales, _exactMean, parallel);

    /// <summary>Writes the packed form of a row.</summary>
    public void Pack(int row, Span<float> packed) => PackedRows.Pack(Rows.Row(row), _scales.Length == 0 ? 1 : (float)_scales[row], _mean, packed);

    /// <summary>The row's part of the lower bound.</summary>
    public float Term(int row) => _terms[row];

    /// <summary>A dot product with this row must exceed the result plus the other row's half term, or the other is at least <paramref name="squared"/> away.</summary>
    public float Threshold(int row, double squared) => MathF.BitDecrement((float)((_terms[row] - squared) / 2));

    private float TermOf(ReadOnlySpan<float> packed)
    {
        double sum = ExactDistance.SquaredLength(packed);
        if (!(sum < Overflow))
        {
            return float.NegativeInfinity;
        }

        double moved = _scales.Length == 0 ? 0 : 12 * Rounding * Math.Sqrt(sum);
        double tiny = Width * 4.0 * float.Epsilon;
        return MathF.BitDecrement((float)((sum * (1 - _relative)) - moved - tiny));
    }
}
