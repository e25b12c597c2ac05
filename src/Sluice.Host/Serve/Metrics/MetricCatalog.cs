namespace Sluice.Host.Serve.Metrics;

/// <summary>Every figure of the service. The table of docs/metrics.md is made from it.</summary>
internal static class MetricCatalog
{
    private const string Pipeline = "pipeline";

    public static readonly MetricDefinition Rows = new("sluice.rows", MetricKind.Counter, "{row}", [Pipeline, "fate"], "Rows committed, by fate: annotated, exact, near (both are duplicates), rejected. Their sum is what was read.");
    public static readonly MetricDefinition Segments = new("sluice.segments", MetricKind.Counter, "{segment}", [Pipeline], "Segments committed.");
    public static readonly MetricDefinition Rounds = new("sluice.rounds", MetricKind.Counter, "{round}", [Pipeline, "outcome"], "Rounds of ingestion that did something, by outcome: done, failed.");
    public static readonly MetricDefinition RoundTime = new("sluice.round.duration", MetricKind.Histogram, "s", [Pipeline], "Time of a round, from its plan to its last commit.");
    public static readonly MetricDefinition Selections = new("sluice.selections", MetricKind.Counter, "{selection}", [Pipeline, "outcome"], "Selections, by outcome: done, failed.");
    public static readonly MetricDefinition SelectionTime = new("sluice.selection.duration", MetricKind.Histogram, "s", [Pipeline], "Time of a selection, outputs included.");
    public static readonly MetricDefinition Requests = new("sluice.http.requests", MetricKind.Counter, "{request}", ["route", "status"], "Requests answered, by route and status.");
    public static readonly MetricDefinition RequestTime = new("sluice.http.request.duration", MetricKind.Histogram, "s", ["route"], "Time of a request; of one with rows, from its first byte to the commit.");
    public static readonly MetricDefinition StageRows = new("sluice.stage.rows", MetricKind.Counter, "{row}", [Pipeline, "stage"], "Rows that a stage has finished.");
    public static readonly MetricDefinition StageBusy = new("sluice.stage.busy", MetricKind.Counter, "s", [Pipeline, "stage"], "Time that a stage's workers spent working, added up. Its rate over the workers is the share of time that it is at work.");
    public static readonly MetricDefinition StageWorkers = new("sluice.stage.workers", MetricKind.Gauge, "{worker}", [Pipeline, "stage"], "Batches that a stage may work on at once.");
    public static readonly MetricDefinition StageQueue = new("sluice.stage.queue", MetricKind.Gauge, "{batch}", [Pipeline, "stage"], "Batches that wait before a stage.");
    public static readonly MetricDefinition Tokens = new("sluice.model.tokens", MetricKind.Counter, "{token}", [Pipeline], "Tokens that models have read, padding not counted.");
    public static readonly MetricDefinition PoolRows = new("sluice.pool.rows", MetricKind.Gauge, "{row}", [Pipeline], "Rows in the pool, duplicates not counted.");
    public static readonly MetricDefinition PoolSize = new("sluice.pool.size", MetricKind.Gauge, "By", [Pipeline], "Bytes of the pool's segments.");
    public static readonly MetricDefinition DiskFree = new("sluice.disk.free", MetricKind.Gauge, "By", [Pipeline], "Bytes free on the disk of the work directory.");
    public static readonly MetricDefinition InboxRequests = new("sluice.inbox.requests", MetricKind.Gauge, "{request}", [Pipeline], "Requests with rows that are received and not committed yet.");
    public static readonly MetricDefinition InboxSize = new("sluice.inbox.size", MetricKind.Gauge, "By", [Pipeline], "Bytes received over HTTP and not committed yet.");
    public static readonly MetricDefinition InboxRefused = new("sluice.inbox.refused", MetricKind.Counter, "{request}", [Pipeline], "Requests with rows that were turned away.");
    public static readonly MetricDefinition Progress = new("sluice.phase.progress", MetricKind.Gauge, "1", [Pipeline], "Share done of what is under way, 0 to 1; 1 when idle.");
    public static readonly MetricDefinition Status = new("sluice.pipeline.status", MetricKind.Gauge, "{status}", [Pipeline], "0 ok, 1 degraded, 2 failing, 3 stopping.");
    public static readonly MetricDefinition Memory = new("sluice.process.memory", MetricKind.Gauge, "By", [], "Resident bytes of the process.");
    public static readonly MetricDefinition Cpu = new("sluice.process.cpu", MetricKind.Counter, "s", [], "Processor time of the process.");
    public static readonly MetricDefinition Started = new("sluice.process.start.time", MetricKind.Gauge, "s", [], "When the process started, in seconds since 1970.");

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Rows, Segments, Rounds, RoundTime, Selections, SelectionTime, StageRows, StageBusy, StageWorkers, StageQueue, Tokens, Progress, Status, PoolRows, PoolSize, DiskFree,
        InboxRequests, InboxSize, InboxRefused, Requests, RequestTime, Memory, Cpu, Started,
    ];
}
