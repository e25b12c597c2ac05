using System.Globalization;
using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Proportions;
using Sluice.Sinks;

namespace Sluice.Runs;

/// <summary>Mends a work directory: from copies where there is one, from the input where not, and only what is damaged.</summary>
internal sealed class RepairRun(PipelineRun pipelines, SegmentRedo redo, SelectRun select, ILinearSolver solver, Records.ITableFiles tables, PoolDisk disk, TimeProvider time)
{
    /// <summary>Repairs. Returns what was done, a sentence each; empty when nothing was damaged.</summary>
    /// <param name="work">The work directory of a run.</param>
    /// <param name="overrides">Settings of the command line.</param>
    /// <param name="token">Stops; what is mended by then stays so.</param>
    public async Task<IReadOnlyList<string>> RunAsync(string work, IEnumerable<KeyValuePair<string, string?>> overrides, CancellationToken token)
    {
        string folder = PoolReader.Locate(work);
        Pipeline pipeline = Read(work, overrides);
        using PoolLock held = PoolLock.Take(work, time, disk);
        List<string> done = [];
        Beside(pipeline, done);
        if (PoolPlan.Mend(folder, disk) is { } plan)
        {
            done.Add($"{Path.GetFileName(plan)}: it was damaged; the other copy takes its place.");
        }

        done.AddRange(LedgerSalvage.Mend(folder, disk));
        await SegmentsAsync(pipeline, folder, done, token);
        Answers(folder, done);
        IReadOnlyList<LedgerRecord> records = Ledger.Open(folder).Records;
        if (!File.Exists(Path.Combine(work, RejectsFile.FileName)) || RejectsFile.Fault(work, folder, records) is not null)
        {
            RejectsFile.Write(work, folder, records, disk);
            done.Add($"{RejectsFile.FileName}: written anew from the segments.");
        }

        Outputs(pipeline, done, token);
        return done;
    }

    /// <summary>The pipeline of a work directory's last run.</summary>
    internal Pipeline Read(string work, IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        WorkConfiguration kept = WorkConfiguration.Load(work);
        List<ConfigurationError> errors = [];
        IConfigurationRoot configuration = kept.Build(overrides);
        Pipeline pipeline = Pipeline.Read(configuration, kept.FileIn, work, kept.OutPath, solver, errors);
        return errors.Count == 0 ? pipeline : throw new ConfigurationException(errors);
    }

    private void Beside(Pipeline pipeline, List<string> done)
    {
        foreach (string name in (ReadOnlySpan<string>)[WorkConfiguration.FileName, WorkConfiguration.CopyName])
        {
            string path = Path.Combine(pipeline.WorkPath, name);
            if (!File.Exists(path) || CheckedJson.Fault(File.ReadAllBytes(path)) is not null)
            {
                WorkConfiguration.Keep(pipeline, disk);
                done.Add($"{name}: it was damaged; the other copy takes its place.");
            }
        }
    }

    private async Task SegmentsAsync(Pipeline pipeline, string folder, List<string> done, CancellationToken token)
    {
        PoolPlan plan = PoolPlan.Load(folder)!;
        Dictionary<long, VerifyFinding[]> damaged = [];
        foreach (LedgerRecord record in Ledger.Open(folder).Records)
        {
            List<VerifyFinding> findings = [];
            PoolVerifier.Segment(folder, record, findings);
            Replay(folder, record, plan, findings, done);
            if (findings.Exists(f => f.Segment is not null))
            {
                damaged[record.Segment] = [.. findings.Where(f => f.Segment is not null)];
            }
            else if (findings.Count > 0)
            {
                done.Add($"segment {record.Segment}: its copy of the ledger's line was damaged; it is written anew.");
            }
        }

        if (damaged.Count == 0)
        {
            // Opening for writing puts the copies of ledger lines in order and deletes what the ledger does not name.
            new PoolWriter(folder, plan, tables, new Dictionary<string, string>(), withDuplicates: true, disk).Dispose();
            return;
        }

        if (plan.Settings.ContainsKey("import"))
        {
            throw new InvalidDataException($"Segments {string.Join(", ", damaged.Keys)} of {folder} are damaged: {damaged.Values.First()[0].Path}. The pool was imported, so they cannot be made from the input alone: import it again with --fresh.");
        }

        List<ConfigurationError> errors = [];
        using StageSet stages = pipelines.Check(pipeline, errors) ?? throw new ConfigurationException(errors);
        using PoolWriter pool = new(folder, plan, tables, stages.Fingerprints, withDuplicates: true, disk);
        await redo.RunAsync(folder, plan, damaged.Keys.ToHashSet(), stages, pool, token);
        done.AddRange(damaged.Select(d => string.Create(CultureInfo.InvariantCulture,
            $"segment {d.Key}: {string.Join(", ", d.Value.Select(f => Path.GetFileName(f.Path)).Distinct())} {(d.Value.Length == 1 ? "was" : "were")} damaged; its {pool.Committed[(int)d.Key].Rows:N0} rows are done again.")));
    }

    // The mended rows stand in the segment as well: from there their file is written anew.
    private void Replay(string folder, LedgerRecord record, PoolPlan plan, List<VerifyFinding> findings, List<string> done)
    {
        if (record.Replay is null || findings.Count == 0 || PoolVerifier.Compare(Path.Combine(folder, SegmentFiles.Replays), record.Replay) is null)
        {
            return;
        }

        string segment = SegmentFiles.PathOf(folder, record.Segment);
        if (!record.Stored.All(file => PoolVerifier.Compare(segment, file) is null))
        {
            throw new InvalidDataException($"Segment {record.Segment} of mended rejects and its file {record.Replay.Name} are both damaged, so its rows are lost. Start anew with 'sluice run --fresh' and replay them again.");
        }

        using SegmentRows rows = SegmentRows.Open([(segment, record.Rows)], tables)[0];
        StoredFile written = ReplayFile.Write(folder, record.Segment, Enumerable.Range(0, rows.Count).Select(i => new Records.RawRow(rows.Origin(i), rows.Read(i))), disk);
        if (written != record.Replay)
        {
            throw new InvalidDataException($"{record.Replay.Name}, written anew from segment {record.Segment}, is not what it was ({plan.Files.Count} files). This is a bug.");
        }

        findings.RemoveAll(f => Path.GetFileName(f.Path) == record.Replay.Name);
        done.Add($"{record.Replay.Name}: it was damaged; it is written anew from segment {record.Segment}.");
    }

    private void Answers(string folder, List<string> done)
    {
        string answers = Path.Combine(folder, AnswerJournal.Folder);
        string[] journals = Directory.Exists(answers) ? Directory.GetFiles(answers, "*.jsonl") : [];
        done.AddRange(journals.Order(StringComparer.Ordinal).Where(path => AnswerJournal.Mend(path, disk))
            .Select(path => $"{Path.GetFileName(path)}: damaged answers are left out; they are asked for again when they are needed."));
    }

    private void Outputs(Pipeline pipeline, List<string> done, CancellationToken token)
    {
        List<VerifyFinding> findings = [];
        bool isThere = File.Exists(Path.Combine(pipeline.OutPath, OutputFolder.Manifest));
        if (isThere)
        {
            OutputVerifier.Verify(pipeline.OutPath, findings);
        }

        if (findings.Count == 0)
        {
            return;
        }

        string damaged = string.Join(", ", findings.Select(f => Path.GetFileName(f.Path)));
        if (pipeline.Options.Loop.Epochs > 0)
        {
            done.Add($"outputs: {damaged} damaged; run the pipeline again, its loop writes them anew.");
            return;
        }

        select.Run(pipeline.Name, pipeline.PoolPath, pipeline.Recipe, pipeline.OutPath, pipeline.Options.Output.Format, null, new Dictionary<string, string>(), token);
        done.Add($"outputs: {damaged} damaged; the selection is made anew in {pipeline.OutPath}.");
    }
}
