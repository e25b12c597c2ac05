namespace Sluice.Inference.Manifests;

/// <summary>The output of a graph that is read.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Element type: float32, float16 or float64.</param>
/// <param name="Width">Numbers a row (or a token, where vectors are pooled or logits are read); 1 for losses.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record ModelOutput(string Name, TensorType Type, int Width, OutputKind Kind = OutputKind.Values);
