using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Sluice.Host.Serve.Units;
using Sluice.Recipes;
using Sluice.Runs;
using Sluice.Runs.Forecast;
using Sluice.Topology;

namespace Sluice.Host.Serve.State;

/// <summary>Looks at the service once a second and keeps what it saw: however many look at the page, the service is looked at once.</summary>
internal sealed class StateReader
{
    private const string Selecting = "Selecting";
    private const string Writing = "Writing";
    private static readonly TimeSpan s_diskInterval = TimeSpan.FromSeconds(5);
    private readonly UnitSet _units;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private readonly Dictionary<PipelineUnit, StageSampler> _samplers = [];
    private readonly Dictionary<PipelineUnit, (long At, long Bytes)> _free = [];
    private readonly Process _process = Process.GetCurrentProcess();
    private TimeSpan _cpu;
    private long _looked;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StateReader(UnitSet units, TimeProvider time)
    {
        _units = units;
        _time = time;
        _started = time.GetUtcNow();
        _looked = time.GetTimestamp();
        _cpu = _process.TotalProcessorTime;
        State = new ServiceState(Version, _started, _started, ServiceStatus.Ok, [], Machine(0), []);
        Text = JsonSerializer.Serialize(State, ServiceState.Json);
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(StateReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>What was seen last.</summary>
    public ServiceState State { get; private set; }

    /// <summary>The same as JSON on one line.</summary>
    public string Text { get; private set; }

    /// <summary>Ends at the next look.</summary>
    public Task NextAsync() => Volatile.Read(ref _next).Task;

    /// <summary>Tokens that each pipeline's models have read.</summary>
    public IEnumerable<(string Pipeline, long Tokens)> Tokens() => _units.All.Select(u => (u.Name, u.Parts.Models.Meters.Sum(m => m.Tokens)));

    /// <summary>Time that each stage's workers have worked.</summary>
    public IEnumerable<(string Pipeline, string Stage, TimeSpan Busy)> Busy()
    {
        foreach (PipelineUnit unit in _units.All)
        {
            Dictionary<string, TimeSpan> live = unit.Board.Phases().SelectMany(p => p.Progress.Stages).GroupBy(m => m.Name).ToDictionary(g => g.Key, g => g.First().Busy, StringComparer.Ordinal);
            foreach (string stage in unit.StageNames)
            {
                yield return (unit.Name, stage, unit.Board.Ended(stage).Busy + live.GetValueOrDefault(stage));
            }
        }
    }

    /// <summary>Looks. Called by one caller at a time.</summary>
    public void Look()
    {
        _process.Refresh();
        TimeSpan cpu = _process.TotalProcessorTime;
        long now = _time.GetTimestamp();
        double share = (cpu - _cpu) / _time.GetElapsedTime(_looked, now) / Environment.ProcessorCount;
        (_cpu, _looked) = (cpu, now);
        PipelineState[] pipelines = [.. _units.All.Select(Pipeline)];
        ServiceStatus status = _units.IsStopping ? ServiceStatus.Stopping
            : pipelines.Length == 0 || pipelines.All(p => p.Status == ServiceStatus.Failing) ? ServiceStatus.Failing
            : pipelines.Any(p => p.Status is ServiceStatus.Degraded or ServiceStatus.Failing) ? ServiceStatus.Degraded : ServiceStatus.Ok;
        string[] reasons = [.. pipelines.SelectMany(p => p.Reasons.Select(r => pipelines.Length > 1 ? $"{p.Name}: {r}" : r))];
        State = new ServiceState(Version, _started, _time.GetUtcNow(), status, reasons, Machine(Math.Round(Math.Clamp(share, 0, 1), 4)), pipelines);
        Text = JsonSerializer.Serialize(State, ServiceState.Json);
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private MachineState Machine(double share) => new(Environment.ProcessorCount, _process.WorkingSet64, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, share);

    private PipelineState Pipeline(PipelineUnit unit)
    {
        UnitParts parts = unit.Parts;
        FlowOptions flow = parts.Pipeline.Options.Flow;
        IReadOnlyList<(string Name, TimeSpan Since, RunProgress Progress)> phases = unit.Board.Phases();
        (string Name, TimeSpan Since, RunProgress Progress)? phase = phases.Where(p => p.Name is not Selecting and not Writing).Select(p => ((string, TimeSpan, RunProgress)?)p).LastOrDefault();
        (string Name, TimeSpan Since, RunProgress Progress)? selecting = phases.Where(p => p.Name is Selecting or Writing).Select(p => ((string, TimeSpan, RunProgress)?)p).LastOrDefault();
        if (!_samplers.TryGetValue(unit, out StageSampler? sampler))
        {
            _samplers[unit] = sampler = new StageSampler(unit.Board, _time);
        }

        long tokens = parts.Models.Meters.Sum(m => m.Tokens);
        IReadOnlyList<StageMeter> meters = phase?.Progress.Stages ?? [];
        (IReadOnlyList<StageState> stages, BottleneckState? bottleneck, double tokensPerSecond) = sampler.Look(unit.StageNames, meters, tokens);
        IReadOnlyList<string> reasons = [.. unit.Health.Reasons(), .. DiskReasons(unit)];
        PoolFigures pool = unit.Pool;
        return new PipelineState
        {
            Name = unit.Name,
            File = unit.Setup.File is { } file ? Path.GetFullPath(file) : "appsettings.json",
            Status = _units.IsStopping ? ServiceStatus.Stopping : unit.Health.End is not null ? ServiceStatus.Failing : reasons.Count > 0 ? ServiceStatus.Degraded : ServiceStatus.Ok,
            Reasons = reasons,
            Phase = phase is not { } p ? null : new PhaseState(p.Name, Math.Round(p.Progress.Share, 4), p.Progress.Rows, Math.Round(p.Since.TotalSeconds, 1), p.Progress.What, Eta(p.Since, p.Progress.Share), tokensPerSecond > 0 ? tokensPerSecond : null),
            Selecting = selecting is not { } s ? null : new SelectingState(s.Name == Writing ? 1 : Math.Round(s.Progress.Share, 4), Math.Round(s.Since.TotalSeconds, 1), s.Name == Writing ? "writing" : s.Progress.What),
            Sources = unit.Sources,
            Stages = stages,
            Bottleneck = bottleneck,
            Counts = new CountsState(pool.Counts.Read, pool.Counts.Annotated, pool.Counts.Exact, pool.Counts.Duplicate - pool.Counts.Exact, pool.Counts.Rejected, pool.Segments),
            Rejects = unit.Rejects.States(),
            Inbox = new InboxState(unit.Inbox.Requests, unit.Inbox.PendingBytes, unit.Setup.Inbox.MaxPendingBytes, unit.Inbox.Refused, unit.Inbox.RowsAccepted),
            Disk = new DiskState(pool.Bytes, Free(unit), unit.Setup.Inbox.MinFreeBytes),
            FlowBounds = new BoundsState(InFlight(stages), flow.MaxRows, InFlight(stages) == 0 || pool.Counts.Read == 0 ? 0 : (long)(InFlight(stages) * (pool.Bytes / (double)Math.Max(1, pool.Counts.Read))), flow.MaxBytes),
            Runs = unit.History.All(),
            Selection = unit.Selection,
            Steps = [.. parts.Pipeline.Recipe.Select(step => new StepState(step.Name, step is PlacedStep placed ? placed.Label : step.Name))],
        };
    }

    // Rows that the first block has given on and the last has not taken.
    private static long InFlight(IReadOnlyList<StageState> stages) => stages.Count < 2 ? 0 : Math.Max(0, stages[1].Rows - stages[^1].Rows);

    private static double? Eta(TimeSpan since, double share) => share is > 0.02 and < 1 && since.TotalSeconds >= 1 ? Math.Round(since.TotalSeconds * (1 - share) / share, 1) : null;

    private IEnumerable<string> DiskReasons(PipelineUnit unit)
    {
        if (Free(unit) is long free && free < unit.Setup.Inbox.MinFreeBytes)
        {
            yield return $"The disk of {unit.Parts.Pipeline.WorkPath} has {MachineRoom.Size(free)} free, less than {MachineRoom.Size(unit.Setup.Inbox.MinFreeBytes)} (Serve:Http:MinFreeBytes): rows over HTTP are turned away.";
        }
    }

    private long Free(PipelineUnit unit)
    {
        long now = _time.GetTimestamp();
        if (!_free.TryGetValue(unit, out (long At, long Bytes) known) || _time.GetElapsedTime(known.At, now) >= s_diskInterval)
        {
            _free[unit] = known = (now, MachineRoom.DiskFree(unit.Parts.Pipeline.WorkPath) ?? long.MaxValue);
        }

        return known.Bytes;
    }
}
