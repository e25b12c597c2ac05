using Microsoft.Extensions.Logging;
using Sluice.Runs;
using Sluice.Topology;

namespace Sluice.Host.Serve.State;

/// <summary>Where a hosted pipeline's runs tell how they go: messages become log lines, phases stand here to be looked at.</summary>
internal sealed class PhaseBoard(ILogger log, TimeProvider time) : IRunDisplay
{
    private readonly Lock _gate = new();
    private readonly List<Posted> _phases = [];
    private readonly Dictionary<string, (long Rows, TimeSpan Busy)> _ended = new(StringComparer.Ordinal);

    /// <summary>Where messages go.</summary>
    public ILogger Log { get; set; } = log;

    /// <inheritdoc/>
    public void Say(string message) => Log.LogInformation("{Message}", message);

    /// <inheritdoc/>
    public void Warn(string message) => Log.LogWarning("{Message}", message);

    /// <inheritdoc/>
    public IDisposable Phase(string name, Func<RunProgress> progress)
    {
        Posted posted = new(this, name, progress, time.GetTimestamp());
        lock (_gate)
        {
            _phases.Add(posted);
        }

        return posted;
    }

    /// <summary>What is under way: name, time since it began, how far it is.</summary>
    public IReadOnlyList<(string Name, TimeSpan Since, RunProgress Progress)> Phases()
    {
        Posted[] phases;
        lock (_gate)
        {
            phases = [.. _phases];
        }

        return [.. phases.Select(p => (p.Name, time.GetElapsedTime(p.Started), p.Progress()))];
    }

    /// <summary>Rows and busy time of a stage in all flows that have ended, those of the flow under way not included.</summary>
    public (long Rows, TimeSpan Busy) Ended(string stage)
    {
        lock (_gate)
        {
            return _ended.GetValueOrDefault(stage);
        }
    }

    private void End(Posted posted)
    {
        IReadOnlyList<StageMeter> stages = posted.Progress().Stages;
        lock (_gate)
        {
            _phases.Remove(posted);
            foreach (StageMeter stage in stages)
            {
                (long rows, TimeSpan busy) = _ended.GetValueOrDefault(stage.Name);
                _ended[stage.Name] = (rows + stage.Rows, busy + stage.Busy);
            }
        }
    }

    private sealed class Posted(PhaseBoard owner, string name, Func<RunProgress> progress, long started) : IDisposable
    {
        public string Name => name;

        public Func<RunProgress> Progress => progress;

        public long Started => started;

        public void Dispose() => owner.End(this);
    }
}
