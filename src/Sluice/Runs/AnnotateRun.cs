using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>The annotate half: plan, resume, stream every row through the stages into the pool.</summary>
internal sealed class AnnotateRun(
    FlowContext context, PoolOptions poolOptions, SourceLimits limits, IRowParser parser, ISource sources, IParquetRows parquet, ITableFiles tables, PoolDisk disk, TimeProvider time,
    IRunDisplay display)
{
    private readonly FlowOptions _flow = context.Options;

    /// <summary>
    /// Annotates what the pool in <paramref name="folder"/> does not hold yet. Throws <see cref="Configuration.ConfigurationException"/> when the pool was begun with
    /// other inputs, models or settings, naming each.
    /// </summary>
    /// <param name="folder">The pool's folder.</param>
    /// <param name="files">The inputs, in reading order.</param>
    /// <param name="stages">What rows go through.</param>
    /// <param name="planned">Called once the pool has taken the plan, so that a run that is refused changes nothing.</param>
    /// <param name="token">Stops the run; what is committed stays.</param>
    public async Task<AnnotateReport> RunAsync(string folder, IReadOnlyList<SourceFile> files, StageSet stages, Action planned, CancellationToken token)
    {
        long started = time.GetTimestamp();
        FileStamps stamps = FileStamps.Take(files);
        PoolPlan plan = await PlanAsync(folder, files, stages, token);
        planned();
        using PoolWriter pool = new(folder, plan, tables, stages.Fingerprints, withDuplicates: true, disk);
        PoolVerifier.CheckSizes(folder, pool.Committed);
        RowCounts kept = pool.Counts;
        int keptSegments = pool.Committed.Count;
        (int file, SourcePosition from) = Next(pool.Committed);
        FlowBudget budget = new(_flow);
        UnscoredGuard unscored = new(stages.MaxUnscored, row => display.Warn(Describe(row, plan)));
        IReadOnlyList<StageFigures> figures = [];
        using PoolClock clock = PoolClock.Open(folder, time);
        pool.Committing = clock.Commit;
        Receipt? receipt = null;
        stages.Ids.Files = [.. plan.Files.Select(f => f.Name)];
        var rescoring = new Rescoring(new SegmentLoader(parser, tables, _flow.Workers), context, tables, display);
        long rescored = await rescoring.RunAsync(folder, stages, pool, unscored, budget, token);
        if (file < plan.Files.Count)
        {
            if (keptSegments > 0 || clock.TakenBefore > 0)
            {
                receipt = new Receipt(kept.Read, keptSegments, Math.Max(0, clock.TakenBefore - kept.Read), clock.SecondsBefore);
                display.Say($"Resuming: {receipt}.");
                Restore(folder, stages, token);
            }

            clock.Begin(kept.Read);
            figures = await StreamAsync(plan, file, from, stamps, stages, pool, budget, unscored, clock, token);
        }

        return new AnnotateReport
        {
            Counts = pool.Counts,
            Kept = kept,
            KeptSegments = keptSegments,
            Receipt = receipt,
            Elapsed = time.GetElapsedTime(started),
            Stages = figures,
            Rescored = rescored,
            RescoredColumns = rescoring.Columns,
            Unscored = unscored.Count,
            UnscoredFirst = [.. unscored.First.Select(row => Describe(row, plan))],
            Providers = stages.Providers,
            Asking = stages.Asking,
            PeakRssBytes = ProcessMemory.PeakResidentBytes(),
            PeakRowsInFlight = budget.PeakRows,
            PeakBytesInFlight = budget.PeakBytes,
        };
    }

    private async Task<PoolPlan> PlanAsync(string folder, IReadOnlyList<SourceFile> files, StageSet stages, CancellationToken token)
    {
        int hashed = 0;
        IReadOnlyList<PlannedFile> now;
        using (display.Phase("Hashing inputs", () => new RunProgress(files.Count == 0 ? 1 : (double)hashed / files.Count, 0, $"{hashed} of {files.Count} files", [])))
        {
            now = await InputPlanner.PlanAsync(files, FooterRows, done => hashed = done, token);
        }

        Dictionary<string, string> settings = new(stages.Settings.Concat(limits.Settings()))
        {
            ["Flow:BatchRows"] = _flow.BatchRows.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Flow:BatchBytes"] = _flow.BatchBytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Pool:SegmentRows"] = poolOptions.SegmentRows.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Pool:SegmentBytes"] = poolOptions.SegmentBytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        PoolPlan? earlier = PoolPlan.Load(folder);
        PoolPlan plan = earlier is null
            ? new PoolPlan { Files = now, Settings = settings }
            : InputPlanner.Continue(earlier, now, settings, Ledger.Open(folder).Records);
        if (earlier is null || plan.Files.Count != earlier.Files.Count || !settings.OrderBy(s => s.Key).SequenceEqual(earlier.Settings.OrderBy(s => s.Key)))
        {
            if (earlier is not null && plan.Files.Count != earlier.Files.Count)
            {
                display.Say($"{plan.Files.Count - earlier.Files.Count} new files are added to the pool; what it holds is not scored again.");
            }

            plan.Save(folder, disk);
        }

        return plan;
    }

    private long FooterRows(SourceFile file)
    {
        if (file.Format != SourceFormat.Parquet)
        {
            return -1;
        }

        try
        {
            return parquet.ReadShape(file.Path).Rows;
        }
        catch (InvalidDataException)
        {
            // A broken file is read like any other: what cannot be read of it ends among the rejects, with its reason.
            return -1;
        }
    }

    private static string Describe(UnscoredRow row, PoolPlan plan) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"The model {row.Stage} could not score row {row.Origin.Number} of {plan.Files[row.Origin.File].Path}: {row.Reason}");

    private static string What(InputProgress progress, StageSet stages) => stages.Progress() is { Length: > 0 } asking ? $"{progress.What}; {asking}" : progress.What;

    private static (int File, SourcePosition From) Next(IReadOnlyList<LedgerRecord> committed) =>
        committed.Count == 0 ? (0, SourcePosition.Start) : (committed[^1].NextFile, new SourcePosition(committed[^1].NextOffset, committed[^1].NextNumber));

    private async Task<IReadOnlyList<StageFigures>> StreamAsync(
        PoolPlan plan, int file, SourcePosition from, FileStamps stamps, StageSet stages, PoolWriter pool, FlowBudget budget, UnscoredGuard unscored, PoolClock clock,
        CancellationToken token)
    {
        RejectGuard rejects = new(_flow.MaxRejectShare, pool.Counts.Read, pool.Counts.Rejected);
        using IngestTopology topology = new(context, new ParseStage(parser, stages.Prepare), stages.Exact, stages.Models, stages.Near, Take, budget, token);
        InputReader reader = new(sources, _flow, poolOptions, budget, stamps);
        InputProgress progress = new(plan.Files, file, clock.Take);
        long started = time.GetTimestamp();
        using (display.Phase("Scoring", () => new RunProgress(progress.Share, topology.Meters[^1].Rows, What(progress, stages), topology.Meters)))
        {
            await topology.RunAsync(progress.FollowAsync(reader.ReadAsync(plan.Files, file, from, pool.Committed.Count, topology.Token), topology.Token));
            pool.Commit();
        }

        double seconds = Math.Max(1e-9, time.GetElapsedTime(started).TotalSeconds);
        return Figures();

        void Take(RowBatch batch)
        {
            rejects.Count(batch);
            unscored.Add(batch);
            pool.Append(batch);
        }

        IReadOnlyList<StageFigures> Figures() => [.. topology.Meters.Select(m => new StageFigures(m.Name, m.Rows, Math.Round(m.Busy.TotalSeconds, 3), m.Workers, Math.Round(m.Busy.TotalSeconds / seconds, 3)))];
    }

    private void Restore(string folder, StageSet stages, CancellationToken token)
    {
        using PoolReader reader = PoolReader.Open(folder, tables);
        int done = 0;
        var loader = new SegmentLoader(parser, tables, _flow.Workers);
        using IDisposable phase = display.Phase("Restoring the duplicate index", () => new RunProgress((double)done / reader.Records.Count, 0, $"{done} of {reader.Records.Count} segments", []));
        foreach (LedgerRecord record in reader.Records)
        {
            SegmentRestore.Run(reader, record, loader, stages, token);
            done++;
        }
    }
}
