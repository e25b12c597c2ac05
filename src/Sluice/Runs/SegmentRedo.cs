using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>
/// Makes damaged segments again from the input, through the very flow that made them: batches and dedup are as they were, so the new files are byte for byte those that the
/// ledger names. The other segments are only read, for the dedup indexes.
/// </summary>
internal sealed class SegmentRedo(
    FlowContext context, PoolOptions poolOptions, IRowParser parser, ISource sources, ITableFiles tables, PoolDisk disk, IRunDisplay display)
{
    /// <summary>Makes the segments again. Throws <see cref="InvalidDataException"/> when the input is not what it was.</summary>
    public async Task RunAsync(string folder, PoolPlan plan, IReadOnlySet<long> damaged, StageSet stages, PoolWriter pool, CancellationToken token)
    {
        LedgerRecord[] records = [.. pool.Committed.Take((int)damaged.Max() + 1)];
        FileStamps stamps = FileStamps.Take([.. plan.Files.Where(f => File.Exists(f.Path)).Select(f => f.ToSource())]);
        await CheckInputsAsync(plan, records, damaged, token);
        stages.Ids.Files = [.. plan.Files.Select(f => f.Name)];
        var loader = new SegmentLoader(parser, tables, context.Options.Workers);
        long done = 0;
        using IDisposable phase = display.Phase("Repairing", () => new RunProgress((double)done / records.Length, 0, $"segment {done + 1} of {records.Length}", []));
        foreach (LedgerRecord record in records)
        {
            if (damaged.Contains(record.Segment))
            {
                await RedoAsync(folder, plan, record, record.Segment == 0 ? null : records[record.Segment - 1], stamps, stages, pool, token);
            }
            else
            {
                using PoolReader reader = PoolReader.Open(folder, tables);
                SegmentRestore.Run(reader, record, loader, stages, token);
            }

            done++;
        }
    }

    private async Task RedoAsync(string folder, PoolPlan plan, LedgerRecord record, LedgerRecord? before, FileStamps stamps, StageSet stages, PoolWriter pool, CancellationToken token)
    {
        FlowBudget budget = new(context.Options);
        string[] names = [.. plan.Files.Select(f => f.Name)];
        using OpenSegment segment = new(SegmentFiles.PathOf(folder, record.Segment), disk);
        using IngestTopology topology = new(
            context, new ParseStage(parser, stages.Prepare), stages.Exact, stages.Models, stages.Near, batch => segment.Append(batch, names, record.Replay is not null), budget, token);
        IAsyncEnumerable<RawBatch> rows = record.Replay is { } replay
            ? new ReplayReader(context.Options, budget).ReadAsync(plan, ReplayFile.Read(folder, replay), record.Segment, topology.Token)
            : InputAsync(plan, record, before, stamps, budget, topology.Token);
        await topology.RunAsync(rows);
        pool.Replace((int)record.Segment, segment);
    }

    // From where the segment before ends to where this one did. It need not have been full: an input may have ended there.
    private async IAsyncEnumerable<RawBatch> InputAsync(
        PoolPlan plan, LedgerRecord record, LedgerRecord? before, FileStamps stamps, FlowBudget budget, [EnumeratorCancellation] CancellationToken token)
    {
        SourcePosition from = before is null ? SourcePosition.Start : new SourcePosition(before.NextOffset, before.NextNumber);
        InputReader reader = new(sources, context.Options, poolOptions, budget, stamps);
        await foreach (RawBatch batch in reader.ReadAsync(plan.Files, before?.NextFile ?? 0, from, record.Segment, token))
        {
            yield return batch;
            (int file, long offset) = batch.Chunk.End ? (batch.File.Index + 1, 0) : (batch.File.Index, batch.Chunk.Next.Offset);
            if (file == record.NextFile && offset == record.NextOffset)
            {
                yield break;
            }
        }
    }

    private static async Task CheckInputsAsync(PoolPlan plan, LedgerRecord[] records, IReadOnlySet<long> damaged, CancellationToken token)
    {
        foreach (PlannedFile file in records.Where(r => damaged.Contains(r.Segment) && r.Replay is null).SelectMany(r => r.Files).Select(f => f.File).Distinct().Order().Select(i => plan.Files[i]))
        {
            string found = "no such file";
            if (File.Exists(file.Path))
            {
                await using FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
                found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, token));
            }

            if (found != file.Sha256)
            {
                throw new InvalidDataException($"The damaged segments were made from {file.Path}, which is not what it was: found {(found.Length == 64 ? "SHA-256 " + found[..12] + "…" : found)}, expected SHA-256 {file.Sha256[..12]}…. Put it back and repair again, or start anew with 'sluice run --fresh'.");
            }
        }
    }
}
