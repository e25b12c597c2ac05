using Sluice.Diagnostics.Faults;

namespace Sluice.Inference.Faults;

/// <summary>A session that runs out of memory, answers with NaN, or does whatever else the plan says, at its fault point.</summary>
internal sealed class FaultySession(IInferenceSession inner, FaultPlan faults, string point) : IInferenceSession
{
    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Inputs => inner.Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Outputs => inner.Outputs;

    /// <inheritdoc/>
    public string Provider => inner.Provider;

    /// <inheritdoc/>
    public string? FallbackReason => inner.FallbackReason;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs)
    {
        bool isNaN = Reach();
        IReadOnlyList<Tensor> answers = inner.Run(inputs, outputs);
        Spoil(answers, isNaN);
        return answers;
    }

    /// <inheritdoc/>
    public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
    {
        bool isNaN = Reach();
        inner.Run(inputs, outputs);
        Spoil(outputs, isNaN);
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private bool Reach() => faults.Ask(point) switch
    {
        FaultAction.OutOfMemory => throw new InferenceException($"Out of memory (fault on purpose at {point}).") { IsOutOfMemory = true },
        FaultAction.NotANumber => true,
        _ => false,
    };

    private static void Spoil(IReadOnlyList<Tensor> answers, bool isNaN)
    {
        foreach (Tensor answer in isNaN ? answers : [])
        {
            switch (answer.Data)
            {
                case float[] single:
                    Array.Fill(single, float.NaN);
                    break;
                case Half[] half:
                    Array.Fill(half, Half.NaN);
                    break;
                case double[] @double:
                    Array.Fill(@double, double.NaN);
                    break;
                default:
                    // Whole numbers are always finite.
                    break;
            }
        }
    }
}
