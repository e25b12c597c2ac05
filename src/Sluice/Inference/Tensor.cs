namespace Sluice.Inference;

/// <summary>A dense tensor in row-major order.</summary>
/// <param name="Name">Name of the graph's input or output.</param>
/// <param name="Data">A flat array of the element type: <c>float[]</c>, <c>long[]</c>, <c>int[]</c>, <c>Half[]</c>, <c>sbyte[]</c>, <c>byte[]</c>, <c>bool[]</c> or <c>double[]</c>. May be longer than the shape needs.</param>
/// <param name="Shape">Dimensions, all known.</param>
public sealed record Tensor(string Name, Array Data, IReadOnlyList<long> Shape);
