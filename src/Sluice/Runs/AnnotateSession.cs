using System.Diagnostics;
using System.Globalization;
using Sluice.Diagnostics;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>
/// A pool held open for annotating: models, dedup indexes and ledger stay in memory from round to round, so that a round costs what its new files cost. A round that
/// failed or was cut off leaves the indexes where it ended: dispose the session then, with its stages, and open another, which begins at the last commit.
/// </summary>
internal sealed class AnnotateSession : IDisposable
{
    private readonly AnnotateParts _parts;
    private readonly string _folder;
    private readonly StageSet _stages;
    private readonly Dictionary<string, string> _settings;
    private readonly FileStamps _stamps = FileStamps.Take([]);
    private PoolPlan? _plan;
    private PoolWriter? _pool;
    private PoolClock? _clock;
    private bool _isRestored;

    /// <param name="parts">What runs are made of.</param>
    /// <param name="folder">The pool's folder.</param>
    /// <param name="stages">What rows go through; the caller disposes them.</param>
    public AnnotateSession(AnnotateParts parts, string folder, StageSet stages)
    {
        _parts = parts;
        _folder = folder;
        _stages = stages;
        CultureInfo invariant = CultureInfo.InvariantCulture;
        _settings = new(stages.Settings.Concat(parts.Limits.Settings()))
        {
            ["Flow:BatchRows"] = parts.Context.Options.BatchRows.ToString(invariant),
            ["Flow:BatchBytes"] = parts.Context.Options.BatchBytes.ToString(invariant),
            ["Pool:SegmentRows"] = parts.PoolOptions.SegmentRows.ToString(invariant),
            ["Pool:SegmentBytes"] = parts.PoolOptions.SegmentBytes.ToString(invariant),
        };
    }

    /// <summary>Rows by fate, committed; before the first round none.</summary>
    public RowCounts Counts => _pool?.Counts ?? default;

    /// <summary>The committed segments; before the first round none.</summary>
    public IReadOnlyList<LedgerRecord> Committed => _pool?.Committed ?? [];

    /// <summary>
    /// Annotates what the pool does not hold yet. Throws <see cref="Configuration.ConfigurationException"/> when the pool was begun with other inputs, models or settings, naming
    /// each.
    /// </summary>
    /// <param name="round">What to annotate.</param>
    /// <param name="token">Stops the round; what is committed stays.</param>
    public async Task<AnnotateReport> RunAsync(AnnotateRound round, CancellationToken token)
    {
        using Activity? activity = Telemetry.Source.StartActivity(Telemetry.Round);
        long started = _parts.Time.GetTimestamp();
        PoolPlan plan = await PlanAsync(round.Files, token);
        round.Planned();
        bool isFirst = _pool is null;
        _pool ??= new PoolWriter(_folder, plan, _parts.Tables, _stages.Fingerprints, withDuplicates: true, _parts.Disk);
        _pool.FileNames = _stages.Ids.Files = [.. plan.Files.Select(f => f.Name)];
        RowCounts kept = _pool.Counts;
        int keptSegments = _pool.Committed.Count;
        FlowBudget budget = new(_parts.Context.Options);
        UnscoredGuard unscored = new(_stages.MaxUnscored, row => _parts.Display.Warn(Describe(row, plan)));
        Rescoring rescoring = new(_parts.Loader, _parts.Context, _parts.Tables, _parts.Display);
        long rescored = 0;
        if (isFirst)
        {
            PoolVerifier.CheckSizes(_folder, _pool.Committed);
            _clock = PoolClock.Open(_folder, _parts.Time);
            _pool.Committing = _clock.Commit;
            rescored = await rescoring.RunAsync(_folder, _stages, _pool, unscored, budget, token);
        }

        (int file, SourcePosition from) = Next(_pool.Committed);
        Receipt? receipt = null;
        IReadOnlyList<StageFigures> figures = [];
        if (round.Reads && file < plan.Files.Count)
        {
            receipt = Resume(kept, keptSegments, token);
            _clock!.Begin(kept.Read);
            figures = await StreamAsync(plan, file, from, budget, unscored, round, token);
        }

        activity?.SetTag("pool", _folder).SetTag("files", round.Files.Count).SetTag("read", _pool.Counts.Read - kept.Read);
        return new AnnotateReport
        {
            Counts = _pool.Counts,
            Kept = kept,
            KeptSegments = keptSegments,
            Receipt = receipt,
            Elapsed = _parts.Time.GetElapsedTime(started),
            Stages = figures,
            Rescored = rescored,
            RescoredColumns = rescoring.Columns,
            Unscored = unscored.Count,
            UnscoredFirst = [.. unscored.First.Select(row => Describe(row, plan))],
            Providers = _stages.Providers,
            Asking = _stages.Asking,
            PeakRssBytes = ProcessMemory.PeakResidentBytes(),
            PeakRowsInFlight = budget.PeakRows,
            PeakBytesInFlight = budget.PeakBytes,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clock?.Dispose();
        _pool?.Dispose();
    }

    private async Task<PoolPlan> PlanAsync(IReadOnlyList<SourceFile> files, CancellationToken token)
    {
        // A file that an earlier round planned, and that nobody has touched since, is not hashed again.
        Dictionary<string, PlannedFile> known = _plan is null ? [] : _plan.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        SourceFile[] unknown = [.. files.Where(f => !known.ContainsKey(f.Path) || !_stamps.Holds(f))];
        _stamps.Add(unknown);
        int hashed = 0;
        IReadOnlyList<PlannedFile> now = [];
        if (unknown.Length > 0)
        {
            using IDisposable phase = _parts.Display.Phase("Hashing inputs", () => new RunProgress((double)hashed / unknown.Length, 0, $"{hashed} of {unknown.Length} files", []));
            now = await InputPlanner.PlanAsync(unknown, FooterRows, done => hashed = done, token);
        }

        PoolPlan? earlier = _plan ?? PoolPlan.Load(_folder);
        IReadOnlyList<LedgerRecord> ledger = _pool?.Committed ?? (earlier is null ? [] : Ledger.Open(_folder).Records);
        // What earlier rounds of this session planned need not be named again.
        PoolPlan plan = earlier is null
            ? new PoolPlan { Files = now, Settings = _settings }
            : InputPlanner.Continue(earlier, [.. now, .. (_plan?.Files ?? []).Where(f => !unknown.Any(u => u.Path == f.Path))], _settings, ledger);
        if (earlier is null || plan.Files.Count != earlier.Files.Count || !_settings.OrderBy(s => s.Key).SequenceEqual(earlier.Settings.OrderBy(s => s.Key)))
        {
            if (earlier is not null && _plan is null && plan.Files.Count != earlier.Files.Count)
            {
                _parts.Display.Say($"{plan.Files.Count - earlier.Files.Count} new files are added to the pool; what it holds is not scored again.");
            }

            plan.Save(_folder, _parts.Disk);
        }

        return _plan = plan;
    }

    private long FooterRows(SourceFile file)
    {
        if (file.Format != SourceFormat.Parquet)
        {
            return -1;
        }

        try
        {
            return _parts.Parquet.ReadShape(file.Path).Rows;
        }
        catch (InvalidDataException)
        {
            // A broken file is read like any other: what cannot be read of it ends among the rejects, with its reason.
            return -1;
        }
    }

    private Receipt? Resume(RowCounts kept, int keptSegments, CancellationToken token)
    {
        if (_isRestored)
        {
            return null;
        }

        _isRestored = true;
        if (keptSegments == 0 && _clock!.TakenBefore == 0)
        {
            return null;
        }

        Receipt receipt = new(kept.Read, keptSegments, Math.Max(0, _clock!.TakenBefore - kept.Read), _clock.SecondsBefore);
        _parts.Display.Say($"Resuming: {receipt}.");
        using PoolReader reader = PoolReader.Open(_folder, _parts.Tables);
        int done = 0;
        using IDisposable phase = _parts.Display.Phase("Restoring the duplicate index", () => new RunProgress((double)done / Math.Max(1, reader.Records.Count), 0, $"{done} of {reader.Records.Count} segments", []));
        foreach (LedgerRecord record in reader.Records)
        {
            SegmentRestore.Run(reader, record, _parts.Loader, _stages, token);
            done++;
        }

        return receipt;
    }

    private async Task<IReadOnlyList<StageFigures>> StreamAsync(
        PoolPlan plan, int file, SourcePosition from, FlowBudget budget, UnscoredGuard unscored, AnnotateRound round, CancellationToken token)
    {
        PoolWriter pool = _pool!;
        PoolClock clock = _clock!;
        RejectGuard rejects = new(_parts.Context.Options.MaxRejectShare, pool.Counts.Read, pool.Counts.Rejected);
        using IngestTopology topology = new(_parts.Context, new ParseStage(_parts.Parser, _stages.Prepare), _stages.Exact, _stages.Models, _stages.Near, Take, budget, token);
        InputReader reader = new(_parts.Sources, _parts.Context.Options, _parts.PoolOptions, budget, _stamps);
        InputProgress progress = new(plan.Files, file, clock.Take);
        long started = _parts.Time.GetTimestamp();
        using (_parts.Display.Phase("Scoring", () => new RunProgress(progress.Share * Through(topology.Meters), topology.Meters[^1].Rows, What(progress), topology.Meters)))
        {
            await topology.RunAsync(progress.FollowAsync(reader.ReadAsync(plan.Files, file, from, pool.Committed.Count, topology.Token), topology.Token));
            pool.Commit();
        }

        double seconds = Math.Max(1e-9, _parts.Time.GetElapsedTime(started).TotalSeconds);
        return [.. topology.Meters.Select(m => new StageFigures(m.Name, m.Rows, Math.Round(m.Busy.TotalSeconds, 3), m.Workers, Math.Round(m.Busy.TotalSeconds / seconds, 3)))];

        void Take(RowBatch batch)
        {
            if (round.GuardsRejects)
            {
                rejects.Count(batch);
            }

            unscored.Add(batch);
            pool.Append(batch);
            round.Taken?.Invoke(plan.Files[batch.File], batch);
        }
    }

    // The reader is soon far ahead of a slow model: done is what the pool has.
    private static double Through(IReadOnlyList<StageMeter> meters) => meters[^1].Rows / (double)Math.Max(1, meters[0].Rows);

    private static string Describe(UnscoredRow row, PoolPlan plan) => string.Create(
        CultureInfo.InvariantCulture, $"The model {row.Stage} could not score row {row.Origin.Number} of {plan.Files[row.Origin.File].Path}: {row.Reason}");

    private string What(InputProgress progress) => _stages.Progress() is { Length: > 0 } asking ? $"{progress.What}; {asking}" : progress.What;

    private static (int File, SourcePosition From) Next(IReadOnlyList<LedgerRecord> committed) =>
        committed.Count == 0 ? (0, SourcePosition.Start) : (committed[^1].NextFile, new SourcePosition(committed[^1].NextOffset, committed[^1].NextNumber));
}
