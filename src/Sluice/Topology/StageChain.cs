using System.Threading.Tasks.Dataflow;
using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Topology;

/// <summary>Makes one block a column stage, linked in their order: the part that scoring and scoring again have in common.</summary>
internal static class StageChain
{
    /// <summary>The blocks, linked; the first takes what the last gives on. Empty for no stages.</summary>
    /// <param name="flow">Makes the blocks.</param>
    /// <param name="stages">The stages, in order.</param>
    /// <param name="needs">Whether a stage is to work on a batch; one that is not passes it on.</param>
    public static IReadOnlyList<TransformBlock<RowBatch, RowBatch>> Make(Flow flow, IReadOnlyList<IColumnStage> stages, Func<RowBatch, IColumnStage, bool> needs)
    {
        List<TransformBlock<RowBatch, RowBatch>> blocks = [];
        for (int i = 0; i < stages.Count; i++)
        {
            // Rented arrays must not wait for a server, nor for the end of the flow.
            bool isLast = i == stages.Count - 1 || stages[i + 1] is IAsyncBatchStage;
            TransformBlock<RowBatch, RowBatch> block = stages[i] switch
            {
                IBatchStage model => flow.Parallel<RowBatch, RowBatch>(model.Name, Rows, (batch, run) =>
                {
                    if (needs(batch, model))
                    {
                        model.Process(batch, run);
                    }

                    if (isLast)
                    {
                        batch.ReleaseScratch();
                    }

                    return batch;
                }),
                IAsyncBatchStage asking => flow.Waiting<RowBatch, RowBatch>(asking.Name, Rows, async (batch, run) =>
                {
                    if (needs(batch, asking))
                    {
                        await asking.ProcessAsync(batch, run);
                    }

                    return batch;
                }),
                IColumnStage other => throw new InvalidOperationException($"{other.GetType()} is no stage that the flow knows. This is a bug."),
            };
            if (blocks.Count > 0)
            {
                Flow.Link(blocks[^1], block);
            }

            blocks.Add(block);
        }

        return blocks;
    }

    /// <summary>Rows of a batch, for the meters.</summary>
    public static int Rows(RowBatch batch) => batch.Read;
}
