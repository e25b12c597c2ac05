using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Sources;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>
/// A pipeline held open by a service: the work directory is locked, models and dedup indexes stay in memory, each round annotates the files that are new. After a fault the
/// next round begins at the last commit, with models and indexes opened anew.
/// </summary>
internal sealed class PipelineSession : IDisposable
{
    // The file of all rejects is written whole; a round a second must not cost a pool's worth of it.
    private static readonly TimeSpan s_rejectsInterval = TimeSpan.FromSeconds(30);
    private readonly PipelineRun _run;
    private readonly AnnotateRun _annotate;
    private readonly Pipeline _pipeline;
    private readonly PoolDisk _disk;
    private readonly TimeProvider _time;
    private readonly IRunDisplay _display;
    private readonly PoolLock _lock;
    private StageSet? _stages;
    private AnnotateSession? _session;
    private bool _isTold;
    private long _rejectsWritten;
    private bool _owesRejects;

    /// <summary>Locks the work directory; models are opened by the first round. Throws <see cref="Configuration.ConfigurationException"/> naming the owner when it is in use.</summary>
    public PipelineSession(PipelineRun run, AnnotateRun annotate, Pipeline pipeline, PoolDisk disk, TimeProvider time, IRunDisplay display)
    {
        (_run, _annotate, _pipeline, _disk, _time, _display) = (run, annotate, pipeline, disk, time, display);
        _rejectsWritten = time.GetTimestamp();
        _lock = PoolLock.Take(pipeline.WorkPath, time, disk);
    }

    /// <summary>The files of the pool that are read to their end, by path; none when there is no pool yet.</summary>
    public IReadOnlySet<string> FilesRead()
    {
        PoolPlan? plan = PoolPlan.Load(_pipeline.PoolPath);
        IReadOnlyList<LedgerRecord> records = plan is null ? [] : Ledger.Open(_pipeline.PoolPath).Records;
        return plan is null || records.Count == 0 ? new HashSet<string>() : plan.Files.Take(records[^1].NextFile).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Annotates files that the pool does not hold yet, behind what it was to hold already. Throws what a run throws; the session can be used on.
    /// </summary>
    /// <param name="round">What to annotate; files of earlier rounds may be left out.</param>
    /// <param name="token">Stops the round; what is committed stays.</param>
    public async Task<AnnotateReport> RoundAsync(AnnotateRound round, CancellationToken token)
    {
        DiskRetries retries = new(_pipeline.Options.Pool.Retries);
        while (true)
        {
            try
            {
                await _run.MakeDemosAsync(_pipeline, token);
                bool isNew = _session is null;
                AnnotateSession session = Open();
                AnnotateReport report = await session.RunAsync(isNew ? round with { Files = [.. Unread().Where(u => !round.Files.Any(f => f.Path == u.Path)), .. round.Files] } : round, token);
                _owesRejects |= report.Counts.Rejected > report.Kept.Rejected;
                Settle(always: false);
                return report;
            }
            catch (IOException fault) when (retries.Allow(fault, Ledger.Open(_pipeline.PoolPath).Records.Count, out string? why))
            {
                CloseStages();
                _display.Warn(why);
            }
            catch (Exception fault)
            {
                CloseStages();
                if (DiskFullException.Says(fault) && fault is not DiskFullException)
                {
                    throw PipelineRun.Full(_pipeline, fault);
                }

                throw;
            }
        }
    }

    /// <summary>Names of the stages, in the order of the flow; empty while models are not open.</summary>
    public IReadOnlyList<string> StageNames => _stages is not { } open ? [] : [ParseStage.Name, open.Exact.Name, .. open.Models.Select(m => m.Name), .. open.Near is { } near ? (string[])[near.Name] : [], "pool"];

    /// <summary>Bounds of the flow.</summary>
    public FlowOptions Flow => _pipeline.Options.Flow;

    /// <summary>The committed segments of the pool.</summary>
    public IReadOnlyList<LedgerRecord> Committed() => _session?.Committed is { Count: > 0 } open ? open : Ledger.Open(_pipeline.PoolPath).Records;

    /// <summary>Whether there is a pool.</summary>
    public bool HasPool => File.Exists(Path.Combine(_pipeline.PoolPath, PoolPlan.FileName));

    /// <summary>A round over files that keeps the pipeline's configuration in the work directory, as a run does.</summary>
    public AnnotateRound Round(IReadOnlyList<SourceFile> files) => new(files, () => WorkConfiguration.Keep(_pipeline, _disk));

    /// <summary>Writes what is owed to the work directory now: called when the pipeline has nothing else to do.</summary>
    public void Settle() => Settle(always: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Settle(always: true);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The next start writes them.
        }

        CloseStages();
        _lock.Dispose();
    }

    /// <summary>Opens models where they are not open. Throws <see cref="Configuration.ConfigurationException"/> with every mistake.</summary>
    public AnnotateSession Open()
    {
        if (_session is not null)
        {
            return _session;
        }

        using (_display.Phase("Opening models", static () => new RunProgress(0, 0, "", [])))
        {
            _stages = _run.OpenStages(_pipeline);
        }

        if (!_isTold)
        {
            _run.Tell(_stages);
            _isTold = true;
        }

        _disk.Delete(_pipeline.PoolPath + ".old" + PoolDisk.Partial, "cleanup");
        return _session = _annotate.Open(_pipeline.PoolPath, _stages);
    }

    // What the pool was to hold and does not yet: a session that is new must name it, or it would be taken for gone.
    private IEnumerable<SourceFile> Unread()
    {
        IReadOnlySet<string> read = FilesRead();
        return PoolPlan.Load(_pipeline.PoolPath) is not { } plan ? [] : plan.Files.Where(f => !read.Contains(f.Path) && File.Exists(f.Path)).Select(f => f.ToSource());
    }

    private void CloseStages()
    {
        _session?.Dispose();
        _session = null;
        _stages?.Dispose();
        _stages = null;
    }

    private void Settle(bool always)
    {
        if (_owesRejects && (always || _time.GetElapsedTime(_rejectsWritten) >= s_rejectsInterval))
        {
            _run.WriteRejects(_pipeline);
            _owesRejects = false;
            _rejectsWritten = _time.GetTimestamp();
        }
    }
}
