using System.Numerics.Tensors;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>
/// Facility location by greedy choice: each row chosen is the one that adds most to the sum, over all rows, of the similarity to the nearest chosen row
/// (Nemhauser, Wolsey, Fisher 1978: at least 1 - 1/e of the best sum). Gains only fall (Minoux 1978), so a row's gain is computed again only when its old one would make
/// it the next choice; the order is that of computing them all each time, and ties are settled by row. In place of the n x n matrix: bounds for all rows, n^2 / 2
/// products, whenever old gains have come to say little (at the start and after the first choice, mostly), and the columns of promising rows within a fixed space; once
/// the pairs that can still matter fit into that space, lists of them, from which all later gains are read.
/// </summary>
/// <remarks>Time O((n^2 + E n) width), E the columns computed before there are lists, a small share of n a choice; memory O(n width) and the cache.</remarks>
internal sealed class FacilityLocationGreedy
{
    // Below this many rows their gains are computed outright.
    private const int FewRows = 1024;

    // Rows whose lists are counted to tell how long all are.
    private const int Sampled = 64;

    private readonly FacilityOptions _options;
    private readonly CancellationToken _token;
    private readonly ParallelOptions _parallel;
    private readonly FacilitySpace _space;
    private readonly Shortfalls _shortfalls;
    private readonly float[] _current;
    private readonly int[] _fresh;
    private readonly bool[] _chosen;
    private readonly List<int> _order = [];
    private readonly List<double> _gains = [];
    private readonly IComparer<(double Gain, int Row)> _first;
    private PriorityQueue<int, (double Gain, int Row)> _claims;
    private NearPairs? _near;
    private long _evaluations;
    private int _listedAfter = -1;
    private int _listNext = 1;

    private FacilityLocationGreedy(IVectorRows rows, FacilityOptions options, CancellationToken token)
    {
        _options = options;
        _token = token;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = token };
        _space = new FacilitySpace(rows, options.Similarity, _parallel);
        _shortfalls = new Shortfalls(_space, options.CacheBytes, _parallel);
        _current = new float[rows.Count];
        Array.Fill(_current, 1);
        _fresh = new int[rows.Count];
        Array.Fill(_fresh, -1);
        _chosen = new bool[rows.Count];
        int sign = options.HighestOnTies ? -1 : 1;
        _first = Comparer<(double Gain, int Row)>.Create((x, y) => x.Gain != y.Gain ? y.Gain.CompareTo(x.Gain) : sign * x.Row.CompareTo(y.Row));
        _claims = new PriorityQueue<int, (double Gain, int Row)>(_first);
    }

    /// <summary>
    /// Chooses rows; when there are no more than asked for, all of them, in order. Throws <see cref="ArgumentException"/> for options out of range,
    /// <see cref="InvalidDataException"/> for a row with values that are not finite, <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    /// <param name="rows">The candidates, which are also the rows to be stood for; indices are theirs.</param>
    /// <param name="options">What to choose.</param>
    /// <param name="progress">Called with the number of rows chosen so far.</param>
    /// <param name="token">Stops the choice.</param>
    public static FacilityResult Run(IVectorRows rows, FacilityOptions options, Action<int>? progress, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        return rows.Count == 0 ? new FacilityResult([], [], 0) : new FacilityLocationGreedy(rows, options, token).Choose(progress);
    }

    private FacilityResult Choose(Action<int>? progress)
    {
        int count = Math.Min(_options.Count, _space.Count);
        int allowed = FewRows + (_space.Count / 32);
        Bound(_space.Count > FewRows ? new GainBounds(_space, _parallel) : null);
        long evaluatedBefore = 0;
        bool bounded = true;
        List<int> batch = [];
        while (_order.Count < count)
        {
            _token.ThrowIfCancellationRequested();
            TakeStale(batch);
            if (batch.Count > 0)
            {
                Evaluate(batch);
                if (!bounded && _near is null && _evaluations - evaluatedBefore > allowed)
                {
                    // The old gains say little: bounds for all are cheaper than one column after the other.
                    Bound(new GainBounds(_space, _parallel));
                    bounded = true;
                }

                continue;
            }

            Add();
            bounded = false;
            evaluatedBefore = _evaluations;
            ListWhereItPays(count);
            progress?.Invoke(_order.Count);
        }

        return new FacilityResult([.. _order], [.. _gains], _evaluations) { ListedAfter = _listedAfter };
    }

    // The next claims, as far as they are old ones. Sixteen columns cost as much as one, so where one is to be computed later claims fill the panel up.
    private void TakeStale(List<int> batch)
    {
        batch.Clear();
        int missing = 0;
        while ((batch.Count < PanelKernel.Lanes || missing is > 0 and < PanelKernel.Lanes) && batch.Count < Shortfalls.LargestBatch
            && _claims.TryPeek(out int row, out _) && _fresh[row] < _order.Count)
        {
            batch.Add(_claims.Dequeue());
            missing += _near is not null || _shortfalls.Holds(row) ? 0 : 1;
        }
    }

    private void Evaluate(List<int> batch)
    {
        double[] gains = new double[batch.Count];
        if (_near is not null)
        {
            // Too short to be worth a second thread.
            for (int i = 0; i < gains.Length; i++)
            {
                gains[i] = Gain.Of(_current, _near[batch[i]]);
            }
        }
        else
        {
            _shortfalls.Load(batch);
            float[][] columns = [.. batch.Select(row => _shortfalls[row])];
            Parallel.For(0, columns.Length, _parallel, i => gains[i] = Gain.Of(_current, columns[i]));
        }

        for (int i = 0; i < gains.Length; i++)
        {
            _fresh[batch[i]] = _order.Count;
            _claims.Enqueue(batch[i], (gains[i], batch[i]));
        }

        _evaluations += gains.Length;
    }

    private void Bound(GainBounds? bounds)
    {
        double[]? upper = bounds?.Compute(_current);
        List<(int, (double, int))> claims = [];
        foreach (int row in Enumerable.Range(0, _space.Count).Where(row => !_chosen[row] && _fresh[row] < _order.Count))
        {
            claims.Add((row, (upper is null ? double.PositiveInfinity : upper[row], row)));
        }

        // Those computed since the last choice are exact already.
        claims.AddRange(_claims.UnorderedItems.Where(c => _fresh[c.Element] == _order.Count).Select(c => (c.Element, c.Priority)));
        _claims = new PriorityQueue<int, (double Gain, int Row)>(claims, _first);
    }

    private void Add()
    {
        _claims.TryDequeue(out int row, out (double Gain, int Row) claim);
        if (_near is not null)
        {
            _near.Lower(row, _current);
        }
        else
        {
            TensorPrimitives.Min(_current, _shortfalls[row], _current);
            _shortfalls.Remove(row);
        }

        _chosen[row] = true;
        _order.Add(row);
        _gains.Add(claim.Gain);
    }

    // Listing costs as much as half of all columns. It pays when the choices to come, at the rate so far, would compute more.
    private void ListWhereItPays(int count)
    {
        if (_near is not null || _order.Count < _listNext)
        {
            return;
        }

        _listNext = _order.Count + Math.Max(1, _order.Count / 4);
        long allowed = _options.CacheBytes / NearPairs.PairBytes;
        double toCome = (double)_shortfalls.Computed / _order.Count * (count - _order.Count);
        if (toCome < _space.Count / 2 || Pairs() > allowed)
        {
            return;
        }

        _shortfalls.Clear();
        _near = NearPairs.List(_space, _current, allowed, _parallel);
        if (_near is not null)
        {
            _listedAfter = _order.Count;
            List();
        }
    }

    // How many pairs there would be, from rows spread over all.
    private double Pairs()
    {
        long pairs = 0;
        int step = Math.Max(1, _space.Count / Sampled);
        int[] rows = [.. Enumerable.Range(0, _space.Count).Where(row => row % step == 0)];
        foreach (int[] batch in rows.Chunk(PanelKernel.Lanes))
        {
            _shortfalls.Load(batch);
            foreach (int row in batch)
            {
                foreach (float shortfall in _shortfalls[row])
                {
                    pairs += shortfall < _current[row] ? 1 : 0;
                }
            }
        }

        return (double)pairs * _space.Count / rows.Length;
    }

    // All gains anew: they cost less than one column.
    private void List()
    {
        (int Row, (double Gain, int Row) Claim)[] claims = [.. Enumerable.Range(0, _space.Count).Where(row => !_chosen[row]).Select(static row => (row, (0d, row)))];
        Parallel.For(0, claims.Length, _parallel, i => claims[i].Claim.Gain = Gain.Of(_current, _near![claims[i].Row]));
        _claims = new PriorityQueue<int, (double Gain, int Row)>(claims, _first);
        foreach ((int row, _) in claims)
        {
            _fresh[row] = _order.Count;
        }
    }
}
