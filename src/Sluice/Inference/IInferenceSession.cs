namespace Sluice.Inference;

/// <summary>A loaded model graph. Safe for use by many threads at once.</summary>
public interface IInferenceSession : IDisposable
{
    /// <summary>The graph's inputs.</summary>
    IReadOnlyList<TensorInfo> Inputs { get; }

    /// <summary>The graph's outputs.</summary>
    IReadOnlyList<TensorInfo> Outputs { get; }

    /// <summary>What runs the graph, such as <c>CPU</c> or <c>CUDA</c>, with the reason when a wished one was not to be had.</summary>
    string Provider { get; }

    /// <summary>Why another provider runs the graph than the one named in <see cref="InferenceOptions.Provider"/>; null when none was named or it is that one.</summary>
    string? FallbackReason => null;

    /// <summary>
    /// Runs the graph once. Inputs must be those of <see cref="Inputs"/>; the result holds the named outputs in that order, their data in arrays of exactly the shape's size.
    /// Throws <see cref="InferenceException"/> with the library's own message.
    /// </summary>
    IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs);

    /// <summary>
    /// Runs the graph once and writes its outputs straight into the arrays given, which a caller may rent: no copy, nothing to collect. Shapes must be
    /// those the graph will give for these inputs. Throws <see cref="InferenceException"/> with the library's own message.
    /// </summary>
    void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs);
}
