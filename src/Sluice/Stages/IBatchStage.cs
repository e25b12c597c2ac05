using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// A stage without state that may work on many batches at once. It keeps the rows and their order and adds columns aligned to them.
/// </summary>
public interface IBatchStage
{
    /// <summary>Name in figures and messages, such as <c>quality</c>.</summary>
    string Name { get; }

    /// <summary>What decides the stage's answers: when it changes, its columns are void.</summary>
    string Fingerprint { get; }

    /// <summary>Processes one batch. Throws when the run must end.</summary>
    void Process(RowBatch batch, CancellationToken token);
}
