namespace Sluice.Selection.ScoreFirst;

/// <summary>Kept rows under <see cref="FilterMetric.Manhattan"/>. Plain: the inverted test leaves few rows to compare with.</summary>
internal sealed class ManhattanRows(int width, FilterOptions options) : IKeptRows
{
    private readonly List<float[]> _kept = [];
    private readonly List<int> _places = [];
    private readonly float _limit = (float)options.Limit;
    private float[][] _block = [];
    private bool[] _zero = [];
    private int[] _inBlock = [];

    public void Begin(IVectorRows rows, int from, Verdict[] verdicts, CancellationToken token)
    {
        _block = new float[verdicts.Length][];
        _zero = new bool[verdicts.Length];
        _inBlock = new int[verdicts.Length];
        Parallel.For(0, verdicts.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = token }, row =>
        {
            Verdict verdict = Verdict.None;
            _block[row] = new float[width];
            _zero[row] = !UnitVector.Pack(rows.Row(from + row), _block[row]);
            for (int kept = 0; kept < _kept.Count && verdict.Blocker < 0 && !_zero[row]; kept++)
            {
                verdict.Blocker = Measure(_block[row], _kept[kept], kept, ref verdict) ? _places[kept] : -1;
            }

            verdicts[row] = verdict;
        });
    }

    public bool IsZero(int row) => _zero[row];

    public bool IsAbove(int row, int other, bool note, ref Verdict verdict)
    {
        if (_zero[row] || _zero[other])
        {
            return false;
        }

        Verdict before = verdict;
        bool above = Measure(_block[row], _block[other], _inBlock[other], ref verdict);
        if (!above && !note)
        {
            verdict = before;
        }

        return above;
    }

    public float Keep(int row, int place, in Verdict verdict)
    {
        if (_zero[row])
        {
            return float.NaN;
        }

        _inBlock[row] = _kept.Count;
        _kept.Add(_block[row]);
        _places.Add(place);
        return verdict.Nearest < 0 ? float.NaN : verdict.Highest;
    }

    private bool Measure(float[] x, float[] y, int kept, ref Verdict verdict)
    {
        float distance = UnitVector.Manhattan(x, y);
        if (distance > _limit)
        {
            verdict.Value = distance;
            return true;
        }

        if (distance > verdict.Highest)
        {
            verdict.Highest = distance;
            verdict.Nearest = kept;
        }

        return false;
    }
}
