namespace Sluice.Inference.Bench;

/// <summary>Passes runs on to a session and keeps copies of them while it is asked to.</summary>
internal sealed class RecordingSession(IInferenceSession inner) : IInferenceSession
{
    /// <summary>Where runs are kept; null for nowhere. Not for several threads at once.</summary>
    public List<RecordedRun>? Record { get; set; }

    /// <summary>The session itself.</summary>
    public IInferenceSession Bare => inner;

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Inputs => inner.Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Outputs => inner.Outputs;

    /// <inheritdoc/>
    public string Provider => inner.Provider;

    /// <inheritdoc/>
    public string? FallbackReason => inner.FallbackReason;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs) => inner.Run(inputs, outputs);

    /// <inheritdoc/>
    public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
    {
        inner.Run(inputs, outputs);
        Record?.Add(RecordedRun.Of(inputs, outputs));
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
