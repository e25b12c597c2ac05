using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Sinks;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>Does the commands of a workload as the runs of Sluice do them, from what the disk holds alone.</summary>
internal sealed class WorkProgram(Workload work, WorkModel model, ITableFiles tables, PoolDisk disk, string root)
{
    private static readonly SluiceOptions s_options = SluiceOptions.Read(new ConfigurationBuilder().Build(), []);
    private readonly string _work = Path.Combine(root, "work");
    private readonly string _pool = Pool(root);
    private readonly string _out = Output(root);

    /// <summary>The pool below a root.</summary>
    public static string Pool(string root) => Path.Combine(root, "work", "pool");

    /// <summary>The output folder below a root.</summary>
    public static string Output(string root) => Path.Combine(root, "out", "chosen");

    /// <summary>The file of a recipe's rows: recipes take turns in their format.</summary>
    public static string Selected(int recipe) => recipe % 2 == 0 ? SelectedWriter.JsonLines : SelectedWriter.Parquet;

    /// <summary>Does a command.</summary>
    public void Execute(WorkCommand command)
    {
        switch (command.Verb)
        {
            case WorkVerb.Run:
                Run(command);
                break;
            case WorkVerb.Replay:
                Replay(command);
                break;
            default:
                Select(command);
                break;
        }
    }

    private void Run(WorkCommand command)
    {
        using PoolLock held = PoolLock.Take(_work, TimeProvider.System, disk);
        PoolPlan plan = Workload.Plan(command.Files);
        if (PoolPlan.Load(_pool)?.Files.Count != command.Files)
        {
            plan.Save(_pool, disk);
        }

        WorkConfiguration.Keep(Settings(), disk);
        using (PoolWriter writer = Open(plan, command))
        {
            foreach (LedgerRecord record in writer.Committed.Where(r => r.Rows > 0 && r.Columns.First(c => c.Name == "quality").Fingerprint != Workload.Fingerprint(command.Version)).ToArray())
            {
                writer.Amend((int)record.Segment, WorkBatch.Scores(work.Segments[(int)record.Segment].Rows, command.Version));
                model.Acknowledge(writer.Committed);
            }

            foreach (WorkBatch batch in Left(writer.Committed, command.Files))
            {
                writer.Append(batch.Make(command.Version));
                model.Acknowledge(writer.Committed);
            }

            writer.Commit();
            model.Acknowledge(writer.Committed);
        }

        WriteRejects();
    }

    private void Replay(WorkCommand command)
    {
        using PoolLock held = PoolLock.Take(_work, TimeProvider.System, disk);
        using (PoolWriter writer = Open(PoolPlan.Load(_pool)!, command))
        {
            if (!writer.Committed.Any(r => r.Replay is not null))
            {
                WorkSegment segment = work.Segments[writer.Committed.Count];
                writer.Replay = ReplayFile.Write(_pool, writer.Committed.Count, segment.Rows.Select(row => new RawRow(WorkBatch.Origin(row), row.Raw)), disk);
                foreach (WorkBatch batch in segment.Batches)
                {
                    writer.Append(batch.Make(command.Version));
                }

                writer.Commit();
                model.Acknowledge(writer.Committed);
            }
        }

        WriteRejects();
    }

    private void Select(WorkCommand command)
    {
        model.Recipe = null;
        using PoolReader pool = PoolReader.Open(_work, tables);
        OutputFolder? output = null;
        try
        {
            long[] repeats = pool.Rows == 0 ? [] : ((IntegerData)pool.Column(PoolColumns.DuplicateOf)).Values;
            long[] rows = [.. Enumerable.Range(0, (int)pool.Rows).Select(row => (long)row).Where(row => Workload.IsChosen(row, repeats[row] != IntegerData.Missing, command.Recipe))];
            output = new OutputFolder(_out, disk);
            SelectedWriter.Write(output, pool, rows, command.Recipe % 2 == 0 ? OutputFormat.JsonLines : OutputFormat.Parquet, tables, CancellationToken.None);
            output.Native("dropped.parquet", path => tables.Write(path, [new("row", new IntegerData([command.Recipe, .. repeats]))]));
            JsonObject manifest = new()
            {
                ["recipe"] = command.Recipe,
                ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)row)]),
                ["outputs"] = RunManifest.Outputs(output.Describe()),
            };
            output.Publish(CheckedJson.Seal(manifest.ToJsonString(PoolJson.Indented) + "\n"));
            model.Recipe = command.Recipe;
        }
        catch (IOException)
        {
            output?.Abandon();
            throw;
        }
    }

    private PoolWriter Open(PoolPlan plan, WorkCommand command)
    {
        PoolWriter writer = new(_pool, plan, tables, Workload.Fingerprints(command.Version), withDuplicates: true, disk);
        PoolVerifier.CheckSizes(_pool, writer.Committed);
        model.Check(_pool, command.Version);
        model.Acknowledge(writer.Committed);
        return writer;
    }

    private IEnumerable<WorkBatch> Left(IReadOnlyList<LedgerRecord> committed, int files)
    {
        (int file, long number) = committed.Count == 0 ? (0, 0L) : (committed[^1].NextFile, committed[^1].NextNumber);
        return work.Segments.Where(s => !s.IsReplay).SelectMany(s => s.Batches).Where(b => b.File < files && (b.File > file || (b.File == file && b.First >= number)));
    }

    private void WriteRejects()
    {
        IReadOnlyList<LedgerRecord> records = Ledger.Open(_pool).Records;
        RejectsFile.Write(_work, _pool, records, disk);
        Assert.Null(RejectsFile.Fault(_work, _pool, records));
    }

    private Pipeline Settings() => new()
    {
        Name = "made up",
        BaseFolder = "/made-up",
        Sources = [],
        Recipe = [],
        Options = s_options,
        OutPath = "/made-up/out",
        WorkPath = _work,
        Values = new Dictionary<string, string> { ["Name"] = "made up" },
    };
}
