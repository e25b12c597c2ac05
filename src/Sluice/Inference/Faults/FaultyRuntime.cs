using Sluice.Diagnostics.Faults;

namespace Sluice.Inference.Faults;

/// <summary>A runtime whose models fail on purpose: at <c>model.NAME.open</c> and <c>model.NAME.run</c>, NAME being the model's folder. Stands in the way only while a plan is active.</summary>
internal sealed class FaultyRuntime(IInferenceRuntime inner, FaultPlan faults) : IInferenceRuntime, IDisposable
{
    /// <inheritdoc/>
    public string Version => inner.Version;

    /// <inheritdoc/>
    public IInferenceSession Open(string modelPath, InferenceOptions options)
    {
        string name = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(modelPath)))!;
        if (faults.Ask($"model.{name}.open") is FaultAction.OutOfMemory)
        {
            throw new InferenceException($"Out of memory (fault on purpose at model.{name}.open).") { IsOutOfMemory = true };
        }

        return new FaultySession(inner.Open(modelPath, options), faults, $"model.{name}.run");
    }

    /// <inheritdoc/>
    public void Dispose() => (inner as IDisposable)?.Dispose();
}
