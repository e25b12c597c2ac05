using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Where an <see cref="AskStage{T}"/> gets its values from: a server, or a file.</summary>
/// <typeparam name="T">A text, or a list of texts.</typeparam>
internal interface IRowValues<T>
    where T : class
{
    /// <summary>Rows worth asking for at once.</summary>
    int Concurrency { get; }

    /// <summary>Changes exactly when a value could.</summary>
    string Fingerprint { get; }

    /// <summary>The value of a row. Throws what stops the run.</summary>
    ValueTask<RowValue<T>> OfAsync(Sample row, CancellationToken token);
}
