using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sluice.Dedup;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs.Forecast;

/// <summary>Runs a sample through the stages of a run and into a pool of its own, and looks at the clock meanwhile.</summary>
internal sealed class SampleFlow(FlowContext context, PoolOptions poolOptions, IRowParser parser, ITableFiles tables, TimeProvider time)
{
    private const int Stretches = 8;

    // Of the batches so many are left out of the measure: they fill the queues and find everything cold.
    private const int WarmShare = 9;
    private const int LeastBatches = 3 * Stretches;
    private readonly FlowOptions _flow = context.Options;

    /// <summary>Rows a second of batches that go through parsing and the models alone; nothing is kept. Called twice it tells what a cold start costs.</summary>
    public async Task<double> PilotAsync(IReadOnlyList<(SourceFile File, RawChunk Chunk)> batches, StageSet stages, CancellationToken token)
    {
        FlowBudget budget = new(_flow);
        using IngestTopology topology = new(
            context, new ParseStage(parser, stages.Prepare), new ExactDedupStage(new DedupOptions { Exact = false }, ""), stages.Models, null, static _ => { }, budget, token);
        long started = time.GetTimestamp();
        await topology.RunAsync(FeedAsync(batches.ToAsyncEnumerable().Select(static (b, i) => (i, b.File, b.Chunk)), budget, static (_, _) => { }, topology.Token));
        return time.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Runs the sample.</summary>
    /// <param name="pool">Folder of the sample's pool.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="rows">The sample.</param>
    /// <param name="places">Places of it.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="meters">Count the models' tokens.</param>
    /// <param name="progress">Told the rows done.</param>
    /// <param name="token">Ends it.</param>
    public async Task<SampleMeasure> RunAsync(
        string pool, PoolPlan plan, IAsyncEnumerable<(int Place, SourceFile File, RawChunk Chunk)> rows, int places, StageSet stages, IReadOnlyCollection<TokenMeter> meters,
        Action<long> progress, CancellationToken token)
    {
        plan.Save(pool);
        SampleTally tally = new(places);
        ConcurrentQueue<int> order = new();
        List<Mark> marks = [];
        long[] tokensBefore = [.. meters.Select(m => m.Tokens)];
        FlowBudget budget = new(_flow);
        using PoolWriter writer = new(pool, plan, tables, stages.Fingerprints, withDuplicates: true, new PoolDisk(null, poolOptions.Sync));
        stages.Ids.Files = [.. plan.Files.Select(f => f.Name)];
        IReadOnlyList<StageMeter> stageMeters = [];
        using IngestTopology topology = new(context, new ParseStage(parser, stages.Prepare), stages.Exact, stages.Models, stages.Near, Take, budget, token);
        stageMeters = topology.Meters;
        long started = time.GetTimestamp();
        marks.Add(Mark.Of(0, started, stageMeters, 0));
        Dictionary<int, long> offsets = [];
        await topology.RunAsync(FeedAsync(rows, budget, (place, batch) =>
        {
            order.Enqueue(place);
            long before = offsets.GetValueOrDefault(batch.File.Index);
            tally.Span[place] += Math.Max(0, batch.Chunk.Next.Offset - before);
            offsets[batch.File.Index] = batch.Chunk.Next.Offset;
        }, topology.Token));
        long last = time.GetTimestamp();
        writer.Commit();
        double commit = time.GetElapsedTime(last).TotalSeconds;
        return Measure(tally, marks, commit, time.GetElapsedTime(started).TotalSeconds) with
        {
            Segments = [.. writer.Committed],
            PoolBytes = new DirectoryInfo(pool).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length),
            Tokens = [.. meters.Select((m, i) => (m.Model, m.Tokens - tokensBefore[i])).GroupBy(m => m.Model, m => m.Item2).Select(g => (g.Key, g.Sum()))],
        };

        void Take(RowBatch batch)
        {
            if (!order.TryDequeue(out int place))
            {
                throw new InvalidOperationException("A batch came out of the flow that did not go in. This is a bug.");
            }

            tally.Add(place, batch);
            writer.Append(batch);
            marks.Add(Mark.Of(marks[^1].Rows + batch.Read, time.GetTimestamp(), stageMeters, writer.Committed.Count));
            progress(marks[^1].Rows);
        }
    }

    private SampleMeasure Measure(SampleTally tally, List<Mark> marks, double commit, double seconds)
    {
        int batches = marks.Count - 1;
        bool isWarm = batches >= LeastBatches;
        int from = isWarm ? Math.Max(_flow.Workers + 1, batches / WarmShare) : 0;
        int parts = isWarm ? Stretches : 1;
        List<(double, double)> stretches = [];
        for (int i = 0; i < parts && batches > 0; i++)
        {
            Mark begin = marks[from + ((batches - from) * i / parts)];
            Mark end = marks[from + ((batches - from) * (i + 1) / parts)];
            stretches.Add((end.Rows - begin.Rows, time.GetElapsedTime(begin.Time, end.Time).TotalSeconds + (isWarm ? 0 : commit)));
        }

        double window = Math.Max(1e-9, time.GetElapsedTime(marks[from].Time, marks[^1].Time).TotalSeconds);
        return new SampleMeasure
        {
            Tally = tally,
            Stretches = stretches,
            IsWarm = isWarm,
            Seconds = seconds,
            LastCommit = commit,
            Commits = marks[^1].Commits - marks[from].Commits,
            Stages = [.. marks[^1].Busy.Select((b, i) => (b.Name, Math.Min(1, (b.Busy - marks[from].Busy[i].Busy).TotalSeconds / window / b.Workers)))],
            Segments = [],
            PoolBytes = 0,
            Tokens = [],
            PeakBytes = ProcessMemory.PeakResidentBytes(),
        };
    }

    private async IAsyncEnumerable<RawBatch> FeedAsync(
        IAsyncEnumerable<(int Place, SourceFile File, RawChunk Chunk)> rows, FlowBudget budget, Action<int, RawBatch> feeding, [EnumeratorCancellation] CancellationToken token)
    {
        long sequence = 0;
        long segment = 0;
        long rowsOfSegment = 0;
        long bytesOfSegment = 0;
        await foreach ((int place, SourceFile file, RawChunk chunk) in rows.WithCancellation(token))
        {
            long bytes = chunk.Bytes;
            rowsOfSegment += chunk.Rows.Count;
            bytesOfSegment += bytes;
            bool closes = rowsOfSegment >= poolOptions.SegmentRows || bytesOfSegment >= poolOptions.SegmentBytes;
            RawBatch batch = new() { Sequence = sequence++, Segment = segment, ClosesSegment = closes, File = file, Chunk = chunk, Bytes = bytes };
            await budget.AcquireAsync(chunk.Rows.Count, bytes, token);
            feeding(place, batch);
            yield return batch;
            if (closes)
            {
                segment++;
                rowsOfSegment = 0;
                bytesOfSegment = 0;
            }
        }
    }

    /// <summary>How far the flow's end was at a moment.</summary>
    private sealed record Mark(long Rows, long Time, int Commits, IReadOnlyList<(string Name, TimeSpan Busy, int Workers)> Busy)
    {
        public static Mark Of(long rows, long time, IReadOnlyList<StageMeter> meters, int commits) => new(rows, time, commits, [.. meters.Select(m => (m.Name, m.Busy, m.Workers))]);
    }
}
