namespace Sluice.Selection.KCenter;

/// <summary>
/// The rows under a metric: their exact distances, and a packed single-precision form (scaled, then shifted by the mean so that little is lost to cancellation)
/// for which a dot product gives a proven lower bound of the exact distance.
/// </summary>
/// <remarks>
/// With packed rows x, c, lengths X, C, and t their computed dot product, <c>|t - x.c| &lt;= g X C</c>, g = width * 2^-24 for any order of summation (Higham 2002,
/// Accuracy and Stability of Numerical Algorithms, section 3.1). Packing itself moves a row by at most 2^-24 (X + 1). Hence
/// <c>distance^2 &gt;= Term(x) + CentreTerm(c) - 2t</c> with Term(x) = X^2 (1 - g') - e X and some room in g'.
/// When x is held in bytes, t is the product of what it is read back as, at most a length E away: x.c is larger by at most E C, and 2 E C &lt;= E^2 / w + w C^2 for any
/// w &gt; 0, so the row's term gives up E^2 / w and the centre's w C^2. w is the mean E over the mean X, for which little is lost.
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
    private ByteRows? _bytes;
    private double _loss;

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
    public static MetricSpace Create(IVectorRows rows, KCenterMetric metric, RowBounds bounds, ParallelOptions parallel)
    {
        double[] scales = metric == KCenterMetric.Cosine ? new double[rows.Count] : [];
        double[] mean = MeanRow.Compute(rows, scales, parallel);
        MetricSpace space = new(rows, scales, mean);
        if (bounds == RowBounds.Bytes)
        {
            space.KeepBytes(parallel);
        }
        else
        {
            RowBlocks.Run(rows.Count, parallel, (from, to) =>
            {
                float[] packed = new float[rows.Width];
                for (int row = from; row < to; row++)
                {
                    space.PackFull(row, packed);
                    space._terms[row] = space.TermOf(packed);
                }
            });
        }

        return space;
    }

    /// <summary>The exact squared distance of two rows.</summary>
    public double Squared(int x, int y) => _scales.Length == 0
        ? ExactDistance.Squared(Rows.Row(x), 1, Rows.Row(y), 1)
        : ExactDistance.SquaredChord(Rows.Row(x), _scales[x], Rows.Row(y), _scales[y]);

    /// <summary>The row nearest the mean of all rows, lowest index on ties.</summary>
    public int NearestToMean(ParallelOptions parallel) => MeanRow.Nearest(Rows, _scales, _exactMean, parallel);

    /// <summary>Writes the packed form that <see cref="Term"/> belongs to.</summary>
    public void Pack(int row, Span<float> packed)
    {
        if (_bytes is { } bytes)
        {
            bytes.Read(row, packed);
        }
        else
        {
            PackFull(row, packed);
        }
    }

    /// <summary>Writes the packed form of the row itself, whatever the bounds are made from: for centres, and for the few rows they are all measured against.</summary>
    public void PackFull(int row, Span<float> packed) => PackedRows.Pack(Rows.Row(row), _scales.Length == 0 ? 1 : (float)_scales[row], _mean, packed);

    /// <summary>The row's part of the lower bound.</summary>
    public float Term(int row) => _terms[row];

    /// <summary>A row's part of the lower bound for its full packed form, which this is.</summary>
    public float FullTerm(int row, ReadOnlySpan<float> packed) => _bytes is null ? _terms[row] : TermOf(packed);

    /// <summary>A centre's part of the lower bound, given its full packed form.</summary>
    public float CentreTerm(ReadOnlySpan<float> packed)
    {
        double sum = ExactDistance.SquaredLength(packed);
        return Bound(sum, sum, _loss * sum * (1 + 1e-9));
    }

    /// <summary>
    /// A dot product with a row of this term must exceed the result plus the other row's half term, or the other is at least <paramref name="squared"/> away.
    /// </summary>
    public static float Threshold(float term, double squared) => MathF.BitDecrement((float)((term - squared) / 2));

    private float TermOf(ReadOnlySpan<float> packed)
    {
        double sum = ExactDistance.SquaredLength(packed);
        return Bound(sum, sum, 0);
    }

    private void KeepBytes(ParallelOptions parallel)
    {
        ByteRows bytes = new(Count, Width);
        double[] lengths = new double[RowBlocks.Number(Count)];
        double[] losses = new double[lengths.Length];
        float[] lost = new float[Count];
        RowBlocks.Run(Count, parallel, (block, from, to) =>
        {
            float[] packed = new float[Width];
            for (int row = from; row < to; row++)
            {
                PackFull(row, packed);
                double sum = ExactDistance.SquaredLength(packed);
                double off = bytes.Keep(row, packed);
                _terms[row] = Bound(sum, Math.Max(sum, ExactDistance.SquaredLength(packed)), 0);
                lost[row] = MathF.BitIncrement((float)off);
                lengths[block] += Math.Sqrt(sum);
                losses[block] += off;
            }
        });
        double loss = losses.Sum();
        if (loss > 0)
        {
            _loss = loss / lengths.Sum();
            for (int row = 0; row < lost.Length; row++)
            {
                _terms[row] = MathF.BitDecrement((float)(_terms[row] - ((double)lost[row] * lost[row] / _loss * (1 + 1e-9))));
            }
        }

        _bytes = bytes;
    }

    private float Bound(double squared, double larger, double given)
    {
        if (!(larger < Overflow))
        {
            return float.NegativeInfinity;
        }

        double moved = _scales.Length == 0 ? 0 : 12 * Rounding * Math.Sqrt(squared);
        double tiny = Width * 4.0 * float.Epsilon;
        return MathF.BitDecrement((float)(squared - (larger * _relative) - moved - tiny - given));
    }
}
