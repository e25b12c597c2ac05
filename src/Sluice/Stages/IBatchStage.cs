using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// A stage without state: it may run on many batches at once, each batch being in one stage at a time. It keeps the rows and their order and adds columns
/// aligned to them.
/// </summary>
public interface IBatchStage : IColumnStage
{
    /// <summary>Adds the stage's columns to <see cref="RowBatch.Columns"/>. Throws what stops the run, never for a single odd row.</summary>
    void Process(RowBatch batch, CancellationToken token);
}
