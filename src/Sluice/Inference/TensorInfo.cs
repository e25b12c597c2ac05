namespace Sluice.Inference;

/// <summary>What a session declares of an input or output.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions; -1 where the graph leaves one open.</param>
public sealed record TensorInfo(string Name, TensorType Type, IReadOnlyList<long> Shape);
