using System.Diagnostics;

namespace Sluice.Diagnostics;

/// <summary>The activities of the program: whatever listens to the source of this name (OpenTelemetry's exporters, <c>dotnet-trace</c>) sees them. docs/metrics.md lists them.</summary>
public static class Telemetry
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Sluice";

    /// <summary>A segment is written, synced and named in the ledger. Tags: <c>segment</c>, <c>rows</c>, <c>read</c>, <c>pool</c>.</summary>
    public const string SegmentCommit = "sluice.segment.commit";

    /// <summary>A round of annotating, from its plan to its last commit. Tags: <c>pool</c>, <c>files</c>, <c>read</c>.</summary>
    public const string Round = "sluice.round";

    /// <summary>A selection, outputs included. Tags: <c>pool</c>, <c>steps</c>, <c>selected</c>.</summary>
    public const string Selection = "sluice.selection";

    /// <summary>The source.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}
