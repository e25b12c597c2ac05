using Sluice.Dedup;
using Sluice.Pool;
using Sluice.Sinks;

namespace Sluice.Runs.Forecast;

/// <summary>What a run needs of time, memory and disk, from its rows and what the sample took.</summary>
internal sealed class NeedsForecast
{
    // The machine is never as fast twice, and the sample sees a short moment of it.
    private const double SlowerNoise = 0.30;
    private const double FasterNoise = 0.20;

    // The filter of near dedup falls out of the processor's caches as it grows.
    private const double SlowerADoubling = 0.02;

    // In a longer run the queues are full at some moment that the collector has chosen badly.
    private const double LaterPeak = 1.1;

    // The collector holds garbage beside what lives.
    private const double CollectorShare = 2;

    private const double PlanBytes = 2048;

    // Numbers, names and reasons that the select half holds a row, beside vectors.
    private const double SelectBytes = 450;

    private readonly RowsForecast _rows;
    private readonly SampleMeasure _measure;
    private readonly bool _isWhole;
    private readonly Interval _times;

    /// <param name="rows">The rows.</param>
    /// <param name="measure">What the sample took.</param>
    /// <param name="isWhole">Whether the sample is everything.</param>
    public NeedsForecast(RowsForecast rows, SampleMeasure measure, bool isWhole)
    {
        _rows = rows;
        _measure = measure;
        _isWhole = isWhole;
        double sampled = Math.Max(1, measure.Tally.Rows);
        _times = isWhole ? Interval.Exact(1) : rows.Rows * (1 / sampled);
    }

    /// <summary>Rows of the whole, of one of the sample.</summary>
    public Interval Times => _times;

    /// <summary>Seconds of the stream.</summary>
    /// <param name="pool">How often it commits.</param>
    /// <param name="cold">Seconds that a cold start costs.</param>
    public Interval StreamSeconds(PoolOptions pool, double cold)
    {
        if (_isWhole)
        {
            return Interval.Around(_measure.Seconds, FasterNoise, SlowerNoise) + new Interval(cold, 0, cold * 1.5);
        }

        double doublings = Math.Max(0, Math.Log2(Math.Max(1, _times.Estimate)));
        Interval rate = _measure.SecondsARow(pool.SegmentRows).Wider(FasterNoise + _rows.Spread.Below, SlowerNoise + _rows.Spread.Above + (SlowerADoubling * doublings));
        return (rate * _rows.Rows) + new Interval(cold, cold * 0.5, cold * 1.5);
    }

    /// <summary>Peak memory of the annotate half.</summary>
    /// <param name="dedup">The indexes.</param>
    /// <param name="flight">Rows between reader and pool at most.</param>
    /// <param name="heavy">Raw bytes of a row in the file of the longest rows, of those of a row of the sample.</param>
    public Interval AnnotateBytes(DedupOptions dedup, double flight, double heavy)
    {
        SampleTally tally = _measure.Tally;
        Interval growth = Interval.Exact(0);
        if (dedup.Exact)
        {
            growth += More(_rows.Sound, tally.Sound, rows => BandIndex.BytesFor(rows, 1, BandIndexSizes.ForExact(dedup)));
        }

        if (dedup.Near)
        {
            growth += More(_rows.Kept, tally.Kept, rows => BandIndex.BytesFor(rows, Bands(dedup), BandIndexSizes.ForNear(dedup)));
            double cache = dedup.CacheMegabytes * 1048576.0;
            double whole = Math.Min(cache, ShingleBytes().Estimate);
            growth += Interval.Exact(Math.Max(0, whole - Math.Min(cache, tally.Shingles * 8.0)));
        }

        Interval measured = _isWhole ? Interval.Around(_measure.PeakBytes, 0.15, 0.25)
            : Interval.Around(_measure.PeakBytes, 0.1, 0.3) * new Interval(LaterPeak, 1, LaterPeak);
        // What the rows in flight held of the sample, which came mixed, against what they hold where the longest rows come one after the other.
        double each = ((3.0 * tally.Bytes.Sum()) + (8.0 * tally.Shingles)) / Math.Max(1, tally.Rows);
        double most = Math.Min(flight, _rows.Rows.To) * each * (_isWhole ? 1 : heavy);
        double held = Math.Max(0, most - (Math.Min(flight, tally.Rows) * each)) * CollectorShare;
        return measured + growth.Wider(0.1, 0.3) + new Interval(held, held * 0.3, held * 2);
    }

    /// <summary>Peak memory of the select half.</summary>
    /// <param name="resident">Resident bytes once the annotate half has given its memory back.</param>
    /// <param name="vectorBytes">Bytes of the vectors that the recipe's steps read, a row.</param>
    public Interval SelectBytesOf(double resident, double vectorBytes)
    {
        Interval rows = new(_rows.Sound.Estimate, _rows.Sound.From, _rows.Sound.To);
        return Interval.Around(resident, 0.1, 0.1) + (rows * new Interval(SelectBytes + (vectorBytes * 0.8), (SelectBytes * 0.5) + (vectorBytes * 0.3), (SelectBytes * 1.6) + (vectorBytes * 1.2)));
    }

    /// <summary>Bytes of the pool.</summary>
    public Interval PoolBytes() => _isWhole
        // Paths and digests of the plan are those of a temporary folder.
        ? Interval.Around(_measure.PoolBytes, 0.01, 0.01) + new Interval(0, -PlanBytes, PlanBytes)
        : _rows.Sound * Interval.Around(_measure.PoolBytes / Math.Max(1.0, _measure.Tally.Sound), _rows.Spread.Below + 0.03, _rows.Spread.Above + 0.03);

    /// <summary>Bytes of the scratch files of dedup, gone when the run ends.</summary>
    public Interval ScratchBytes(DedupOptions dedup)
    {
        Interval all = Interval.Exact(0);
        if (dedup.Exact)
        {
            all += _rows.Sound * new Interval(ExactIndex.DiskBytesARow, 0, ExactIndex.DiskBytesARow + BandEntry.Size);
        }

        if (dedup.Near)
        {
            // The entries added last are not on disk yet; those being merged are there twice.
            int keys = Bands(dedup) * BandEntry.Size;
            int row = NearDuplicateIndex.DiskBytesARow(Bands(dedup));
            all += ShingleBytes() + (_rows.Kept * new Interval(row, row - keys, row + keys));
        }

        return all;
    }

    /// <summary>Bytes of the outputs.</summary>
    /// <param name="folder">The sample's output directory.</param>
    /// <param name="chosen">Rows that the recipe chooses of the whole.</param>
    /// <param name="sampled">Lines that it chose of the sample.</param>
    public Interval OutputBytes(string folder, Interval chosen, double sampled)
    {
        Interval all = Interval.Exact(0);
        foreach (FileInfo file in new DirectoryInfo(folder).GetFiles())
        {
            bool isChosen = file.Name is SelectedWriter.JsonLines or SelectedWriter.Parquet or SelectionWriter.FileName;
            all += isChosen ? chosen * Interval.Around(file.Length / Math.Max(1, sampled), Loose(0.15), Loose(0.15))
                : file.Name == DroppedWriter.FileName ? _times * Interval.Around(file.Length, Loose(0.4), Loose(0.3))
                : Interval.Around(file.Length, Loose(0.3), Loose(0.5));
        }

        return all.Wider(0.02, 0.02);
    }

    /// <summary>Tokens of each model.</summary>
    public IEnumerable<(string Model, Interval Tokens)> Tokens()
    {
        double scored = Math.Max(1, _measure.Tally.Sound - _measure.Tally.Exact);
        return _measure.Tokens.Select(t => (t.Model, _isWhole ? Interval.Exact(t.Tokens)
            : _rows.Scored * Interval.Around(t.Tokens / scored, _rows.Spread.Below + 0.02, _rows.Spread.Above + 0.02)));
    }

    private double Loose(double share) => _isWhole ? 0.01 : share;

    private static int Bands(DedupOptions dedup) => new MinHashSignature(dedup.MinJaccard).Bands;

    private Interval ShingleBytes()
    {
        SampleTally tally = _measure.Tally;
        double each = tally.Kept == 0 ? 0 : 8.0 * tally.Shingles / tally.Kept;
        return _isWhole ? Interval.Exact(tally.Shingles * 8.0) : _rows.Kept * Interval.Around(each, _rows.Spread.Below + 0.03, _rows.Spread.Above + 0.03);
    }

    private static Interval More(Interval rows, double sampled, Func<double, double> bytes)
    {
        double held = bytes(sampled);
        return new Interval(Math.Max(0, bytes(rows.Estimate) - held), Math.Max(0, bytes(rows.From) - held), Math.Max(0, bytes(rows.To) - held));
    }
}
