using System.Threading.Tasks.Dataflow;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Stages;

namespace Sluice.Topology;

/// <summary>
/// Wires the annotate half: parse ─▶ exact ─▶ models ─▶ near ─▶ pool. Rejections travel inside their batch, so there is no second link that could be forgotten.
/// </summary>
internal sealed class IngestTopology : IDisposable
{
    private readonly Flow _flow;
    private readonly TransformBlock<RawBatch, RowBatch> _head;

    /// <param name="context">What the flow has from outside.</param>
    /// <param name="parse">Parses.</param>
    /// <param name="first">Numbers rows and finds exact repeats.</param>
    /// <param name="models">The column stages, in order.</param>
    /// <param name="last">Finds near repeats, or null.</param>
    /// <param name="take">Takes the finished batches, in order, one at a time: the pool.</param>
    /// <param name="budget">Gets each batch's share back.</param>
    /// <param name="token">Stops the flow.</param>
    public IngestTopology(
        FlowContext context, ParseStage parse, IOrderedStage first, IReadOnlyList<IColumnStage> models, IOrderedStage? last,
        Action<RowBatch> take, FlowBudget budget, CancellationToken token)
    {
        _flow = new Flow(context, token);
        _head = _flow.Parallel<RawBatch, RowBatch>(ParseStage.Name, static b => b.Chunk.Rows.Count, parse.Process);
        ISourceBlock<RowBatch> tail = Ordered(_head, first);
        IReadOnlyList<TransformBlock<RowBatch, RowBatch>> blocks = StageChain.Make(_flow, models, static (_, _) => true);
        if (blocks.Count > 0)
        {
            Flow.Link(tail, blocks[0]);
            tail = blocks[^1];
        }

        if (last is not null)
        {
            tail = Ordered(tail, last);
        }

        ActionBlock<RowBatch> sink = _flow.Sink<RowBatch>("pool", StageChain.Rows, (batch, _) =>
        {
            take(batch);
            batch.Release();
            budget.Release(batch.Read, batch.Bytes);
        });
        Flow.Link(tail, sink);
    }

    /// <summary>One meter a stage, in the order of the flow.</summary>
    public IReadOnlyList<StageMeter> Meters => _flow.Meters;

    /// <summary>The run token, for the reader.</summary>
    public CancellationToken Token => _flow.Token;

    /// <summary>Runs the flow over the batches until the input ends.</summary>
    public Task RunAsync(IAsyncEnumerable<RawBatch> batches) => _flow.RunAsync(batches, _head);

    /// <inheritdoc/>
    public void Dispose() => _flow.Dispose();

    private TransformBlock<RowBatch, RowBatch> Ordered(ISourceBlock<RowBatch> from, IOrderedStage stage)
    {
        TransformBlock<RowBatch, RowBatch> block = _flow.Ordered<RowBatch, RowBatch>(stage.Name, StageChain.Rows, (batch, run) =>
        {
            stage.Process(batch, run);
            return batch;
        });
        Flow.Link(from, block);
        return block;
    }
}
