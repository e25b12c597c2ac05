namespace Sluice.Stages;

/// <summary>What every stage that adds columns says of itself: an <see cref="IBatchStage"/> or an <see cref="IAsyncBatchStage"/>.</summary>
public interface IColumnStage
{
    /// <summary>Name as in options, reports and metrics, such as <c>tag</c>.</summary>
    string Name { get; }

    /// <summary>Changes exactly when the columns it adds could: the key under which they are kept.</summary>
    string Fingerprint { get; }

    /// <summary>Columns of earlier stages that it reads from the batch; none for most. Its fingerprint holds theirs.</summary>
    IReadOnlyList<string> Reads => [];
}
