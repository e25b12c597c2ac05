using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// A stage with state: it sees the batches one at a time, in source order, so that "the first one wins" means the same on every run.
/// </summary>
public interface IOrderedStage
{
    /// <summary>Name in figures and messages, such as <c>exact</c>.</summary>
    string Name { get; }

    /// <summary>Processes the next batch. Throws when the run must end.</summary>
    void Process(RowBatch batch, CancellationToken token);

    /// <summary>Takes a batch that an earlier run committed, to rebuild the state that a resumed run needs; decides nothing anew.</summary>
    void Restore(RowBatch batch, CancellationToken token);
}
