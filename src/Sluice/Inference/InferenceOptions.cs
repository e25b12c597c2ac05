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
