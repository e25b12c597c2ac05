using Sluice.Sinks;

namespace Sluice.Runs;

/// <summary>What a run leaves: section <c>Output</c>.</summary>
public sealed class OutputOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Output";

    /// <summary>Output directory, relative to the pipeline file; empty: <c>runs/NAME/out</c> in the current directory. <c>--out</c> overrides it.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Work directory (pool, ledger, rejects), relative to the pipeline file; empty: <c>runs/NAME/work</c> in the current directory. <c>--work</c> overrides it.</summary>
    public string Work { get; init; } = "";

    /// <summary>Format of the chosen rows: JsonLines (default) or Parquet.</summary>
    public OutputFormat Format { get; init; } = OutputFormat.JsonLines;
}
