using System.Runtime.CompilerServices;
using System.Threading.Tasks.Dataflow;
using Sluice.Diagnostics.Faults;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Sources.JsonLines;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Benchmarks.Parsing;

/// <summary>A JSON Lines file through the annotate half's own reader and parse stage, with its batch sizes, and nothing behind them.</summary>
internal sealed class FlowReading(string path)
{
    private readonly SourceFile _file = new(0, path, Path.GetFileName(path), SourceFormat.JsonLines, Compression.None, RowShapes.Auto, "", null);
    private readonly JsonLinesSource _source = new(new SourceLimits(), new PlainOnly());
    private readonly ParseStage _parse = new(new RowParser(new SourceLimits()), prepare: null);

    /// <summary>One after the other on one thread.</summary>
    public async Task<ReadTally> OneThreadAsync()
    {
        ReadTally tally = default;
        await foreach (RawBatch raw in BatchesAsync(new FlowOptions(), budget: null, default))
        {
            RowBatch batch = _parse.Process(raw, default);
            tally = Add(tally, batch);
            batch.Release();
        }

        return tally;
    }

    /// <summary>As the flow does it: one reader, and as many batches parsed at once as there are threads.</summary>
    public async Task<ReadTally> ThreadsAsync(int threads)
    {
        FlowOptions options = new() { Parallelism = threads };
        FlowBudget budget = new(options);
        ReadTally tally = default;
        using Flow flow = new(new FlowContext(options, TimeProvider.System, FaultPlan.None, Console.Error.WriteLine), CancellationToken.None);
        TransformBlock<RawBatch, RowBatch> parse = flow.Parallel<RawBatch, RowBatch>(ParseStage.Name, static b => b.Chunk.Rows.Count, _parse.Process);
        ActionBlock<RowBatch> end = flow.Sink<RowBatch>("count", static b => b.Read, (batch, _) =>
        {
            tally = Add(tally, batch);
            batch.Release();
            budget.Release(batch.Read, batch.Bytes);
        });
        Flow.Link(parse, end);
        await flow.RunAsync(BatchesAsync(options, budget, flow.Token), parse);
        return tally;
    }

    private static ReadTally Add(ReadTally tally, RowBatch batch)
    {
        long length = tally.Length;
        foreach (Sample sample in batch.Samples)
        {
            foreach (Turn turn in sample.Turns)
            {
                length += turn.Text.Length;
            }
        }

        return new ReadTally(tally.Rows + batch.Samples.Count, length);
    }

    private async IAsyncEnumerable<RawBatch> BatchesAsync(FlowOptions options, FlowBudget? budget, [EnumeratorCancellation] CancellationToken token)
    {
        long sequence = 0;
        await foreach (RawChunk chunk in _source.ReadAsync(_file, SourcePosition.Start, options.BatchRows, options.BatchBytes, token))
        {
            long bytes = chunk.Bytes;
            if (budget is not null)
            {
                await budget.AcquireAsync(chunk.Rows.Count, bytes, token);
            }

            yield return new RawBatch { Sequence = sequence++, Segment = 0, ClosesSegment = false, File = _file, Chunk = chunk, Bytes = bytes };
        }
    }
}
