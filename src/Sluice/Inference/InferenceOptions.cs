using System.ComponentModel.DataAnnotations;

namespace Sluice.Inference;

/// <summary>How models are run: section <c>Inference</c>.</summary>
public sealed class InferenceOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Inference";

    /// <summary>Execution provider: <c>auto</c> (a GPU where there is one, else the CPU, and it is said), <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c> or <c>webgpu</c>. Default auto.</summary>
    [RegularExpression("(?i)^(auto|cpu|cuda|tensorrt|webgpu)$")]
    public string Provider { get; init; } = "auto";

    /// <summary>
    /// What happens when the provider named cannot be had: <c>allow</c> takes the next best and warns (TensorRT, CUDA, CPU; WebGPU, CPU), <c>forbid</c> ends with an error.
    /// <c>auto</c> names none, so it never fails for that. Default allow.
    /// </summary>
    [RegularExpression("(?i)^(allow|forbid)$")]
    public string Fallback { get; init; } = "allow";

    /// <summary>Which GPU, as CUDA and TensorRT number them; the others take the first. Default 0.</summary>
    [Range(0, 1023)]
    public int DeviceId { get; init; }

    /// <summary>
    /// Megabytes of GPU memory that one model's buffers may take on CUDA, beside its weights' own; the workspace on TensorRT; 0 for no limit. A batch that does not fit
    /// is halved. On the CPU memory follows <see cref="BatchTokens"/>. Default 0.
    /// </summary>
    [Range(0, 1048576)]
    public int MemoryLimitMegabytes { get; init; }

    /// <summary>
    /// Whether inputs and outputs are bound to the session before a run: <c>auto</c> (where a device runs the graph, so that copies to it start early), <c>always</c> or
    /// <c>never</c>. On the CPU it only costs: about a microsecond a call. Default auto.
    /// </summary>
    [RegularExpression("(?i)^(auto|always|never)$")]
    public string IoBinding { get; init; } = "auto";

    /// <summary>Threads inside one call of a graph. More shortens a large model's call; small models gain more from several batches at once. Default 1.</summary>
    [Range(1, 256)]
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Tokens of one batch, padding included. More feeds a GPU better and costs memory in proportion. It may move the last digits of a score, so a run records it. Default 16384.</summary>
    [Range(64, 4194304)]
    public int BatchTokens { get; init; } = 16384;

    /// <summary>Rows of one batch at most. Default 256.</summary>
    [Range(1, 65536)]
    public int BatchRows { get; init; } = 256;

    /// <summary>
    /// Rows that models may fail to score in one run before it stops: each keeps its place in the pool without that score, and is named. 0 stops at the first. Default 100.
    /// </summary>
    [Range(0, 1000000000)]
    public int MaxUnscored { get; init; } = 100;

    /// <summary>Path of the native ONNX Runtime library; empty: beside the program, then where the system loader looks.</summary>
    public string LibraryPath { get; init; } = "";
}
