using System.Threading.Tasks.Dataflow;
using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Topology;

/// <summary>Wires scoring again: batches of committed segments ─▶ the stages that one of them needs ─▶ the segments' new columns. Bounded and ordered as the annotate half is.</summary>
internal sealed class RescoreTopology : IDisposable
{
    private readonly Flow _flow;
    private readonly TransformBlock<RowBatch, RowBatch> _head;

    /// <param name="context">What the flow has from outside.</param>
    /// <param name="stages">The stages that any batch needs, in the order of the flow; at least one.</param>
    /// <param name="needs">Whether a batch needs a stage.</param>
    /// <param name="take">Takes the finished batches, in order; commits a segment with its last.</param>
    /// <param name="unscored">Counts the rows that fail.</param>
    /// <param name="budget">Gets the batch's share back.</param>
    /// <param name="token">Stops the flow.</param>
    public RescoreTopology(
        FlowContext context, IReadOnlyList<IColumnStage> stages, Func<RowBatch, IColumnStage, bool> needs, Action<RowBatch> take,
        UnscoredGuard unscored, FlowBudget budget, CancellationToken token)
    {
        _flow = new Flow(context, token);
        IReadOnlyList<TransformBlock<RowBatch, RowBatch>> blocks = StageChain.Make(_flow, stages, needs);
        _head = blocks[0];
        ActionBlock<RowBatch> sink = _flow.Sink<RowBatch>("pool", StageChain.Rows, (batch, _) =>
        {
            unscored.Add(batch);
            take(batch);
            budget.Release(batch.Read, batch.Bytes);
        });
        Flow.Link(blocks[^1], sink);
    }

    /// <summary>One meter a stage, in the order of the flow.</summary>
    public IReadOnlyList<StageMeter> Meters => _flow.Meters;

    /// <summary>The run token, for the source.</summary>
    public CancellationToken Token => _flow.Token;

    /// <summary>Runs the flow over the batches until they end.</summary>
    public Task RunAsync(IAsyncEnumerable<RowBatch> batches) => _flow.RunAsync(batches, _head);

    /// <inheritdoc/>
    public void Dispose() => _flow.Dispose();
}
