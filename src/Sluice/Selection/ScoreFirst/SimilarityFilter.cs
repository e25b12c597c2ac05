namespace Sluice.Selection.ScoreFirst;

/// <summary>
/// Goes through rows from the best to the worst and keeps each that is not too similar to one kept before: the representation filter of Deita (arXiv 2312.15685;
/// <c>selection/filter/base.py</c>). Rows are judged in blocks, all of a block against the kept rows at once, then one by one against those kept inside the block; the
/// outcome is that of judging them one by one. At most rows x kept x width products; memory: the kept rows and one slab.
/// </summary>
internal sealed class SimilarityFilter
{
    // A block's rows against each other are one thread's work, so a block is small beside the kept rows.
    private const int Block = 512;
    private const int Slab = 1 << 14;

    private readonly FilterOptions _options;
    private readonly int _lead;
    private readonly int _block;
    private readonly List<int> _kept = [];
    private readonly List<float> _nearest = [];
    private readonly List<int> _blockers = [];
    private readonly List<float> _values = [];

    private SimilarityFilter(FilterOptions options)
    {
        _options = options;

        // The reference keeps the first row before it cuts batches.
        _lead = options.Batch == 1 ? 0 : 1;
        _block = Math.Max(1, Block / options.Batch) * options.Batch;
    }

    private bool IsFull => _kept.Count == _options.Count;

    /// <summary>
    /// Filters rows. Throws <see cref="ArgumentException"/> for options out of range, <see cref="OperationCanceledException"/> when cancelled; vectors must be finite.
    /// </summary>
    /// <param name="count">Rows there are.</param>
    /// <param name="read">Gives the vectors of the places from the first number up to the second, which it excludes; asked in order, and no further than needed.</param>
    /// <param name="options">What to keep.</param>
    /// <param name="progress">Called with the number of rows looked at, now and then.</param>
    /// <param name="token">Stops the filter.</param>
    public static FilterResult Run(int count, Func<int, int, IVectorRows> read, FilterOptions options, Action<int>? progress, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        if (options.Count is 0 or < -1)
        {
            throw new ArgumentException($"Found Count {options.Count}, expected -1 for all rows or at least 1.", nameof(options));
        }

        return new SimilarityFilter(options).Filter(count, read, progress, token);
    }

    private FilterResult Filter(int count, Func<int, int, IVectorRows> read, Action<int>? progress, CancellationToken token)
    {
        IKeptRows? kept = null;
        int slab = Math.Max(1, Slab / _block) * _block;
        for (int at = 0; at < count && !IsFull;)
        {
            int end = Math.Min(count, at < _lead ? _lead : at + slab);
            IVectorRows rows = read(at, end);
            kept ??= _options.Metric == FilterMetric.Cosine ? new CosineRows(rows.Width, _options) : new ManhattanRows(rows.Width, _options);
            for (int from = at; from < end && !IsFull; from += _block)
            {
                token.ThrowIfCancellationRequested();
                Verdict[] verdicts = new Verdict[Math.Min(_block, end - from)];
                kept.Begin(rows, from - at, verdicts, token);
                Judge(kept, from, verdicts);
                progress?.Invoke(_blockers.Count);
            }

            at = end;
        }

        return new FilterResult([.. _kept], [.. _nearest], [.. _blockers], [.. _values]);
    }

    private void Judge(IKeptRows kept, int from, Verdict[] verdicts)
    {
        bool[] keptHere = new bool[verdicts.Length];
        for (int row = 0; row < verdicts.Length && !IsFull; row++)
        {
            ref Verdict verdict = ref verdicts[row];
            CompareWithin(kept, from, row, keptHere, ref verdict);
            int blocker = verdict.Blocker >= 0 ? verdict.Blocker
                : _options.DropZeros && kept.IsZero(row) ? FilterResult.IsZero
                : FilterResult.IsKept;
            _blockers.Add(blocker);
            _values.Add(blocker >= 0 ? verdict.Value : 0);
            if (blocker == FilterResult.IsKept)
            {
                keptHere[row] = true;
                _kept.Add(from + row);
                _nearest.Add(kept.Keep(row, from + row, verdict));
            }
        }
    }

    // Inside its batch every earlier row counts, kept or not; before it the kept ones. Only a kept one can be the nearest.
    private void CompareWithin(IKeptRows kept, int from, int row, bool[] keptHere, ref Verdict verdict)
    {
        int batch = row - (row % _options.Batch);
        for (int other = 0; other < row && verdict.Blocker < 0; other++)
        {
            if ((keptHere[other] || other >= batch) && kept.IsAbove(row, other, keptHere[other], ref verdict))
            {
                verdict.Blocker = from + other;
            }
        }
    }
}
