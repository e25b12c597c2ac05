using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// A stage that waits for something outside of the process, such as a server, and holds no thread while it waits. Like an <see cref="IBatchStage"/> otherwise: no state
/// between batches, many batches at once, rows and their order kept.
/// </summary>
public interface IAsyncBatchStage : IColumnStage
{
    /// <summary>Adds the stage's columns to <see cref="RowBatch.Columns"/>. Throws what stops the run, never for a single odd row.</summary>
    Task ProcessAsync(RowBatch batch, CancellationToken token);
}
