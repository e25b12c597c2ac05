namespace Sluice.Inference;

/// <summary>Loads model graphs. The only implementation binds ONNX Runtime (<c>Sluice.Onnx</c>).</summary>
public interface IInferenceRuntime
{
    /// <summary>Version of the native library, such as <c>1.30.0</c>.</summary>
    string Version { get; }

    /// <summary>Loads a graph. Throws <see cref="InferenceException"/> naming the file and the library's message.</summary>
    IInferenceSession Open(string modelPath, InferenceOptions options);
}
