using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Host.Serve.State;

/// <summary>What the service is doing, for the page and for programs: the answer of <c>GET /api/state</c>. Names and units are documented in docs/http.md.</summary>
internal sealed record ServiceState(
    string Version, DateTimeOffset StartedAt, DateTimeOffset Now, ServiceStatus Status, IReadOnlyList<string> Reasons, MachineState Machine, IReadOnlyList<PipelineState> Pipelines)
{
    /// <summary>How it is written: camel case, enums as words.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        // Sentences quote with apostrophes; nothing of it is ever laid into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

/// <summary>How a service or a pipeline is, worst last but for stopping.</summary>
internal enum ServiceStatus
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>It works on, and somebody should look.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Failing,

    /// <summary>It ends.</summary>
    Stopping,
}

/// <summary>The process on its machine. Bytes; the share is of all processors.</summary>
internal sealed record MachineState(int Processors, long ResidentBytes, long MemoryBytes, double CpuShare);

/// <summary>One pipeline.</summary>
internal sealed record PipelineState
{
    public required string Name { get; init; }

    public required string File { get; init; }

    public required ServiceStatus Status { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public PhaseState? Phase { get; init; }

    public SelectingState? Selecting { get; init; }

    public required IReadOnlyList<SourceState> Sources { get; init; }

    public required IReadOnlyList<StageState> Stages { get; init; }

    public BottleneckState? Bottleneck { get; init; }

    public required CountsState Counts { get; init; }

    public required IReadOnlyList<RejectState> Rejects { get; init; }

    public required InboxState Inbox { get; init; }

    public required DiskState Disk { get; init; }

    public required BoundsState FlowBounds { get; init; }

    public required IReadOnlyList<RunState> Runs { get; init; }

    public SelectionState? Selection { get; init; }

    public required IReadOnlyList<StepState> Steps { get; init; }
}

/// <summary>What is under way, with its share done and the seconds since it began.</summary>
internal sealed record PhaseState(string Name, double Share, long Rows, double Seconds, string What, double? EtaSeconds, double? TokensPerSecond);

/// <summary>A selection under way.</summary>
internal sealed record SelectingState(double Share, double Seconds, string What);

/// <summary>A source and the files it names now.</summary>
internal sealed record SourceState(string Path, string Label, int Files);

/// <summary>A block of the flow. Rates and shares are over the last seconds.</summary>
internal sealed record StageState(
    string Name, string Kind, int Workers, int AtWork, int Queue, int QueueBound, long Rows, double RowsPerSecond, double BusyShare, string WaitsFor);

/// <summary>The stage that the others wait for.</summary>
internal sealed record BottleneckState(string Name, double BusyShare);

/// <summary>Rows of the pool by fate.</summary>
internal sealed record CountsState(long Read, long Annotated, long Exact, long Near, long Rejected, int Segments);

/// <summary>Rejected rows of one kind.</summary>
internal sealed record RejectState(string Reason, long Count, IReadOnlyList<RejectSample> Samples);

/// <summary>A rejected row.</summary>
internal sealed record RejectSample(string Id, string Excerpt);

/// <summary>What waits for its commit, and what came over HTTP since the start.</summary>
internal sealed record InboxState(int Requests, long Bytes, long BoundBytes, long Refused, long RowsAccepted);

/// <summary>The disk of the work directory.</summary>
internal sealed record DiskState(long PoolBytes, long FreeBytes, long MinFreeBytes);

/// <summary>What is between reader and pool, and at most.</summary>
internal sealed record BoundsState(long Rows, long MaxRows, long Bytes, long MaxBytes);

/// <summary>A round or a selection that has ended.</summary>
internal sealed record RunState(string Kind, DateTimeOffset StartedAt, double Seconds, bool Ok, long Rows, string Text)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trigger { get; init; }
}

/// <summary>The last selection.</summary>
internal sealed record SelectionState(long Rows, DateTimeOffset At, string Report);

/// <summary>A step of the recipe.</summary>
internal sealed record StepState(string Step, string Name);
