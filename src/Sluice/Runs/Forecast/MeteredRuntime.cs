using System.Collections.Concurrent;
using Sluice.Inference;

namespace Sluice.Runs.Forecast;

/// <summary>Opens sessions that count the tokens they read.</summary>
internal sealed class MeteredRuntime(IInferenceRuntime inner) : IInferenceRuntime
{
    private readonly ConcurrentQueue<TokenMeter> _meters = [];

    /// <summary>A meter for each session opened, in that order.</summary>
    public IReadOnlyCollection<TokenMeter> Meters => _meters;

    /// <inheritdoc/>
    public string Version => inner.Version;

    /// <inheritdoc/>
    public IInferenceSession Open(string modelPath, InferenceOptions options)
    {
        TokenMeter meter = new(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(modelPath))) ?? modelPath);
        IInferenceSession session = inner.Open(modelPath, options);
        _meters.Enqueue(meter);
        return new MeteredSession(session, meter);
    }
}
