using Sluice.Inference;

namespace Sluice.Onnx;

/// <summary>An input or output of a session, with its name as the library wants it.</summary>
internal sealed record Port(TensorInfo Info, Utf8Name Utf8Name);
