namespace Sluice.Inference.Bench;

/// <summary>Opens sessions that can be recorded.</summary>
internal sealed class RecordingRuntime(IInferenceRuntime inner) : IInferenceRuntime
{
    /// <summary>The session opened last, or null.</summary>
    public RecordingSession? Last { get; private set; }

    /// <inheritdoc/>
    public string Version => inner.Version;

    /// <inheritdoc/>
    public IInferenceSession Open(string modelPath, InferenceOptions options) => Last = new RecordingSession(inner.Open(modelPath, options));
}
