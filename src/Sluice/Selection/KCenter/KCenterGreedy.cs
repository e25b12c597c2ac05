namespace Sluice.Selection.KCenter;

/// <summary>
/// Greedy k-center (Gonzalez 1985): each choice is the row farthest from all chosen before, lowest index on ties. Same order as measuring every row against every
/// choice, for less: distances only fall, so a row is measured again only when its old value would make it the next choice; and choices are made from a frontier of the
/// farthest rows, so that many centres pass over the others at once.
/// </summary>
internal sealed class KCenterGreedy
{
    private const int LargestFrontier = 1024;
    private const int SmallestFrontier = 64;

    private readonly KCenterOptions _options;
    private readonly MetricSpace _space;
    private readonly Centres _centres;
    private readonly Distances _distances;
    private readonly Refresh _refresh;
    private readonly Frontier _frontier;
    private readonly CancellationToken _cancellationToken;
    private int _wanted = 4 * LargestFrontier;

    private KCenterGreedy(IVectorRows rows, KCenterOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        _cancellationToken = cancellationToken;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        _space = MetricSpace.Create(rows, options.Metric, options.Bounds, parallel);
        _centres = new Centres(_space);
        _distances = new Distances(rows.Count);
        _refresh = new Refresh(_space, _centres, _distances, parallel);
        _frontier = new Frontier(_space, _centres, _distances);
        foreach (int row in options.Start.Count > 0 ? options.Start : [_space.NearestToMean(parallel)])
        {
            Add(row);
        }

        _refresh.Begin();
    }

    /// <summary>
    /// Chooses rows. Throws <see cref="ArgumentException"/> for start rows that are out of range, repeated or more than the count, <see cref="InvalidDataException"/> for
    /// a row with values that are not finite, <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    /// <param name="rows">The candidates; indices are theirs.</param>
    /// <param name="options">What to choose.</param>
    /// <param name="progress">Called with the number of rows chosen so far, now and then.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    public static KCenterResult Run(IVectorRows rows, KCenterOptions options, Action<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        Check(rows, options);
        return rows.Count == 0 ? new KCenterResult([], [], 0, true) : new KCenterGreedy(rows, options, cancellationToken).Choose(progress);
    }

    private static void Check(IVectorRows rows, KCenterOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        if (options.Start.Count > options.Count)
        {
            throw new ArgumentException($"Found {options.Start.Count} start rows, expected at most Count = {options.Count}: the start rows count towards it.", nameof(options));
        }

        HashSet<int> seen = [];
        foreach (int row in options.Start)
        {
            if (row < 0 || row >= rows.Count)
            {
                throw new ArgumentException($"Found start row {row}, expected a row between 0 and {rows.Count - 1}.", nameof(options));
            }

            if (!seen.Add(row))
            {
                throw new ArgumentException($"Found start row {row} twice, expected each row once.", nameof(options));
            }
        }
    }

    private KCenterResult Choose(Action<int>? progress)
    {
        List<double> radius = [];
        int count = Math.Min(_options.Count, _space.Count);
        while (FillFrontier())
        {
            progress?.Invoke(_centres.Count);
            while (!_frontier.IsEmpty)
            {
                Mark top = _frontier.Top();
                if (_centres.Count == count)
                {
                    return new KCenterResult(_centres.ToArray(), [.. radius], Math.Sqrt(top.Squared), false) { Confirmed = _distances.Confirmed };
                }

                radius.Add(Math.Sqrt(top.Squared));
                Add(top.Row);
                _frontier.Apply();
            }
        }

        return Exhausted(count, radius);
    }

    private KCenterResult Exhausted(int count, List<double> radius)
    {
        List<int> order = [.. _centres.ToArray()];
        bool exhausted = order.Count < count;
        if (exhausted && _options.WhenExhausted == WhenExhausted.Fill)
        {
            HashSet<int> chosen = [.. order];
            foreach (int row in Enumerable.Range(0, _space.Count).Where(row => !chosen.Contains(row)).Take(count - order.Count))
            {
                order.Add(row);
                radius.Add(0);
            }
        }

        return new KCenterResult([.. order], [.. radius], 0, exhausted) { Confirmed = _distances.Confirmed };
    }

    private void Add(int row)
    {
        float[] packed = new float[_space.Width];
        _space.PackFull(row, packed);
        _centres.Add(row, packed);
    }

    // False when every distance is 0.
    private bool FillFrontier()
    {
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            double max = _distances.Max();
            if (max == 0)
            {
                return false;
            }

            Mark mark = new(_distances.Quantile(_wanted), 0);
            int[] rows = _distances.Before(mark);
            if (rows.Length == 0)
            {
                // Many rows share the largest value: all of them, told apart by index.
                mark = new Mark(max, int.MaxValue);
                rows = _distances.Before(mark);
            }

            _refresh.Run(rows, mark);
            int[] frontier = Array.FindAll(rows, row => mark.IsBelow(_distances.Squared[row], row));
            _wanted = frontier.Length < SmallestFrontier ? Math.Min(2 * _wanted, _space.Count)
                : frontier.Length > 2 * LargestFrontier ? Math.Max(_wanted / 2, LargestFrontier)
                : _wanted;
            if (frontier.Length > 0)
            {
                _frontier.Fill(Farthest(frontier, ref mark), mark);
                return true;
            }
        }
    }

    private int[] Farthest(int[] rows, ref Mark mark)
    {
        if (rows.Length <= LargestFrontier)
        {
            return rows;
        }

        Array.Sort(rows, (a, b) => _distances.Squared[a] != _distances.Squared[b] ? _distances.Squared[b].CompareTo(_distances.Squared[a]) : a.CompareTo(b));
        mark = new Mark(_distances.Squared[rows[LargestFrontier]], rows[LargestFrontier]);
        return rows[..LargestFrontier];
    }
}
