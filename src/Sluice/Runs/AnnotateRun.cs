using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>The annotate half: plan, resume, stream every row through the stages into the pool.</summary>
internal sealed class AnnotateRun(
    FlowOptions flow, PoolOptions poolOptions, IRowParser parser, ISource sources, IParquetRows parquet, ITableFiles tables, TimeProvider time, IRunDisplay display)
{
    /// <summary>
    /// Annotates what the pool in <paramref name="folder"/> does not hold yet. Throws <see cref="Configuration.ConfigurationException"/> when the pool was begun with
    /// other inputs, models or settings, naming each.
    /// </summary>
    public async Task<AnnotateReport> RunAsync(string folder, IReadOnlyList<SourceFile> files, StageSet stages, CancellationToken token)
    {
        long started = time.GetTimestamp();
        FileStamps stamps = FileStamps.Take(files);
        PoolPlan plan = await PlanAsync(folder, files, stages, token);
        using PoolWriter pool = new(folder, plan, tables, stages.Fingerprints, withDuplicates: true);
        RowCounts kept = pool.Counts;
        int keptSegments = pool.Committed.Count;
        (int file, SourcePosition from) = Next(pool.Committed);
        FlowBudget budget = new(flow);
        UnscoredGuard unscored = new(stages.MaxUnscored, row => display.Warn(Describe(row, plan)));
        IReadOnlyList<StageFigures> figures = [];
        stages.Ids.Files = [.. plan.Files.Select(f => f.Name)];
        var rescoring = new Rescoring(new SegmentLoader(parser, tables, flow.Workers), flow, tables, time, display);
        long rescored = await rescoring.RunAsync(folder, stages, pool, unscored, budget, token);
        if (file < plan.Files.Count)
        {
            if (keptSegments > 0)
            {
                display.Say($"Resuming: {kept.Read:N0} rows in {keptSegments} segments are kept from an earlier run.");
                Restore(folder, stages, token);
            }

            figures = await StreamAsync(plan, file, from, stamps, stages, pool, budget, unscored, token);
        }

        return new AnnotateReport
        {
            Counts = pool.Counts,
            Kept = kept,
            KeptSegments = keptSegments,
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

        Dictionary<string, string> settings = new(stages.Settings)
        {
            ["Flow:BatchRows"] = flow.BatchRows.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Flow:BatchBytes"] = flow.BatchBytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
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

            Directory.CreateDirectory(folder);
            plan.Save(folder);
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
        PoolPlan plan, int file, SourcePosition from, FileStamps stamps, StageSet stages, PoolWriter pool, FlowBudget budget, UnscoredGuard unscored, CancellationToken token)
    {
        RejectGuard rejects = new(flow.MaxRejectShare, pool.Counts.Read, pool.Counts.Rejected);
        using IngestTopology topology = new(flow, time, new ParseStage(parser, stages.Prepare), stages.Exact, stages.Models, stages.Near, pool, rejects, unscored, budget, token);
        InputReader reader = new(sources, flow, poolOptions, budget, stamps);
        InputProgress progress = new(plan.Files, file);
        long started = time.GetTimestamp();
        using (display.Phase("Scoring", () => new RunProgress(progress.Share, topology.Meters[^1].Rows, What(progress, stages), topology.Meters)))
        {
            await topology.RunAsync(progress.FollowAsync(reader.ReadAsync(plan.Files, file, from, pool.Committed.Count, topology.Token), topology.Token));
            pool.Commit();
        }

        double seconds = Math.Max(1e-9, time.GetElapsedTime(started).TotalSeconds);
        return [.. topology.Meters.Select(m => new StageFigures(m.Name, m.Rows, Math.Round(m.Busy.TotalSeconds, 3), m.Workers, Math.Round(m.Busy.TotalSeconds / seconds, 3)))];
    }

    // The dedup indexes live in memory; a resumed run makes them again from the rows it kept, which is far cheaper than scoring them.
    private void Restore(string folder, StageSet stages, CancellationToken token)
    {
        using PoolReader reader = PoolReader.Open(folder, tables);
        int done = 0;
        var loader = new SegmentLoader(parser, tables, flow.Workers);
        using IDisposable phase = display.Phase("Restoring the duplicate index", () => new RunProgress((double)done / reader.Records.Count, 0, $"{done} of {reader.Records.Count} segments", []));
        foreach (LedgerRecord record in reader.Records)
        {
            if (record.Rows > 0)
            {
                RowBatch batch = loader.Load(reader, record, stages, token);
                stages.Exact.Restore(batch, token);
                stages.Near?.Restore(batch, token);
            }

            done++;
        }
    }
}
