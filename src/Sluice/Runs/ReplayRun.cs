using System.Text.Json;
using Sluice.Configuration;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>
/// Feeds mended rejects back in: each takes the place of the reject with its file and number, at the end of the pool, through every stage. A row is mended once: feeding the
/// same file in again changes nothing.
/// </summary>
internal sealed class ReplayRun(
    PipelineRun pipelines, RepairRun repair, FlowContext context, IRowParser parser, ITableFiles tables, PoolDisk disk, TimeProvider time, IRunDisplay display)
{
    /// <summary>Replays. Throws <see cref="InvalidDataException"/> when the file cannot be read or speaks of no reject at all.</summary>
    /// <param name="work">The work directory of a run.</param>
    /// <param name="fixedFile">Lines of <c>rejects.jsonl</c> with <c>raw</c> mended, or with the row itself under <c>row</c>.</param>
    /// <param name="overrides">Settings of the command line.</param>
    /// <param name="token">Stops; nothing is fed in then.</param>
    public async Task<ReplayReport> RunAsync(string work, string fixedFile, IEnumerable<KeyValuePair<string, string?>> overrides, CancellationToken token)
    {
        string folder = PoolReader.Locate(work);
        Pipeline pipeline = repair.Read(work, overrides);
        IReadOnlyList<MendedLine> lines = MendedFile.Read(fixedFile);
        using PoolLock held = PoolLock.Take(work, time, disk);
        PoolPlan plan = PoolPlan.Load(folder) ?? throw new InvalidDataException($"{folder} holds no plan, expected the pool of a run.");
        IReadOnlyList<LedgerRecord> records = Ledger.Open(folder).Records;
        PoolVerifier.CheckSizes(folder, records);
        ReplayReport report = new();
        List<RawRow> rows = Sound(folder, plan, records, lines, report);
        if (rows.Count > 0)
        {
            report.Counts = await FillAsync(pipeline, folder, plan, rows, token);
            RejectsFile.Write(work, folder, Ledger.Open(folder).Records, disk);
        }

        return report;
    }

    private List<RawRow> Sound(string folder, PoolPlan plan, IReadOnlyList<LedgerRecord> records, IReadOnlyList<MendedLine> lines, ReplayReport report)
    {
        Dictionary<(string, long), long> offsets = [];
        foreach (byte[] line in RejectsFile.Lines(folder, records))
        {
            using JsonDocument reject = JsonDocument.Parse(line);
            offsets[RejectsFile.Place(line)] = reject.RootElement.GetProperty("offset").GetInt64();
        }

        Dictionary<string, PlannedFile> files = plan.Files.ToDictionary(f => f.Name, StringComparer.Ordinal);
        HashSet<(string, long)> seen = [];
        List<RawRow> rows = [];
        SampleArena arena = new();
        foreach (MendedLine line in lines)
        {
            if (!seen.Add((line.File, line.Number)) || !offsets.TryGetValue((line.File, line.Number), out long offset))
            {
                report.Unknown.Add(line);
                continue;
            }

            PlannedFile file = files[line.File];
            RawRow row = new(new RowOrigin(file.Index, line.Number, offset), line.Raw);
            if (parser.Parse(row, file.ToSource(), arena).Reason is { } reason)
            {
                report.StillRejected.Add((line, reason));
            }
            else
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private async Task<RowCounts> FillAsync(Pipeline pipeline, string folder, PoolPlan plan, List<RawRow> rows, CancellationToken token)
    {
        List<ConfigurationError> errors = [];
        using StageSet stages = pipelines.Check(pipeline, errors) ?? throw new ConfigurationException(errors);
        stages.Ids.Files = [.. plan.Files.Select(f => f.Name)];
        using PoolWriter pool = new(folder, plan, tables, stages.Fingerprints, withDuplicates: true, disk);
        if (pool.Committed.Any(record => record.Rows > 0 && StaleSegment.Of(record, stages).Stages.Count > 0))
        {
            throw new ConfigurationException([new("Stages", "Found models other than those that scored the pool. Run the pipeline first, so that all its rows are scored by the same, then replay.")]);
        }

        Restore(folder, pool.Committed, stages, token);
        FlowBudget budget = new(context.Options);
        pool.Replay = ReplayFile.Write(folder, pool.Committed.Count, rows, disk);
        RowCounts before = pool.Counts;
        UnscoredGuard unscored = new(stages.MaxUnscored, row => display.Warn($"The model {row.Stage} could not score row {row.Origin.Number} of {plan.Files[row.Origin.File].Path}: {row.Reason}"));
        using IngestTopology topology = new(
            context, new ParseStage(parser, stages.Prepare), stages.Exact, stages.Models, stages.Near, batch =>
            {
                unscored.Add(batch);
                pool.Append(batch);
            }, budget, token);
        using (display.Phase("Replaying", () => new RunProgress((double)topology.Meters[^1].Rows / rows.Count, topology.Meters[^1].Rows, "", topology.Meters)))
        {
            await topology.RunAsync(new ReplayReader(context.Options, budget).ReadAsync(plan, rows, pool.Committed.Count, topology.Token));
            pool.Commit();
        }

        RowCounts after = pool.Counts;
        return new RowCounts(0, after.Annotated - before.Annotated, after.Duplicate - before.Duplicate, after.Rejected - before.Rejected, after.Exact - before.Exact);
    }

    private void Restore(string folder, IReadOnlyList<LedgerRecord> records, StageSet stages, CancellationToken token)
    {
        using PoolReader reader = PoolReader.Open(folder, tables);
        var loader = new SegmentLoader(parser, tables, context.Options.Workers);
        foreach (LedgerRecord record in records)
        {
            SegmentRestore.Run(reader, record, loader, stages, token);
        }
    }
}
