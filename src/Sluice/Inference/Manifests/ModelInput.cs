namespace Sluice.Inference.Manifests;

/// <summary>An input that a model takes: [rows, tokens].</summary>
/// <param name="Name">Its name in the graph, which says its role.</param>
/// <param name="Type">Element type.</param>
/// <param name="Role">What it is fed.</param>
internal sealed record ModelInput(string Name, TensorType Type, InputRole Role);
