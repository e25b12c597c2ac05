using System.Numerics;
using System.Numerics.Tensors;
using Sluice.Inference;
using Tensor = Sluice.Inference.Tensor;

namespace Sluice.Runs.Forecast;

/// <summary>Passes runs on to a session and counts the tokens of each.</summary>
internal sealed class MeteredSession(IInferenceSession inner, TokenMeter meter) : IInferenceSession
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
        meter.Add(Count(inputs));
        return inner.Run(inputs, outputs);
    }

    /// <inheritdoc/>
    public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
    {
        meter.Add(Count(inputs));
        inner.Run(inputs, outputs);
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    // The mask is 1 at every token and 0 at padding; a model without one reads its padding like anything else.
    private static long Count(IReadOnlyList<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (input.Name.Contains("mask", StringComparison.OrdinalIgnoreCase))
            {
                int length = (int)input.Shape.Aggregate(1L, static (a, b) => a * b);
                switch (input.Data)
                {
                    case long[] mask:
                        return Sum(mask, length);
                    case int[] mask:
                        return Sum(mask, length);
                }
            }
        }

        return inputs.Count == 0 ? 0 : inputs[0].Shape.Aggregate(1L, static (a, b) => a * b);
    }

    private static long Sum<T>(T[] mask, int length)
        where T : INumber<T> => long.CreateChecked(TensorPrimitives.Sum<T>(mask.AsSpan(0, length)));
}
