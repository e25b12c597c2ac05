using Sluice.Configuration;
using Sluice.Host.Serve.State;
using Sluice.Inference;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Runs;
using Sluice.Runs.Inbox;
using Sluice.Sources;

namespace Sluice.Host.Serve.Units;

/// <summary>
/// One hosted pipeline: in rounds, one at a time, it ingests rows that came over HTTP and input files that are new and settled; beside the rounds it selects when a selection
/// is due. What fails by itself is tried again, what was acknowledged is committed.
/// </summary>
internal sealed class PipelineUnit : IDisposable
{
    private readonly UnitSetup _setup;
    private readonly UnitReload _reload;
    private readonly Attempts _attempts;
    private readonly UnitSelector _selector;
    private readonly RoundLog _rounds;
    private readonly SourceWatch _watch;
    private PipelineSession _session;
    private long _committed;
    private bool _isIdle;
    private bool _isOpen;
    private AnnotateReport? _last;

    /// <summary>Locks the work directory and opens the inbox; models are opened by <see cref="Open"/>. Throws <see cref="ConfigurationException"/> with every mistake.</summary>
    public PipelineUnit(UnitSetup setup)
    {
        _setup = setup;
        Board = new PhaseBoard(setup.Logs.CreateLogger(ServiceLog.Category), setup.Time);
        Parts = UnitParts.Read(setup.File, setup.Overrides, setup.Runtime, Board);
        Board.Log = setup.Logs.CreateLogger($"{ServiceLog.Category}.{Name}");
        _reload = new UnitReload(setup.File);
        _attempts = new Attempts(Name, Board, Health, History, setup);
        _rounds = new RoundLog(Board, History, setup.Metrics);
        _selector = new UnitSelector(_attempts, Board, History, setup);
        _watch = new SourceWatch(setup.Time);
        try
        {
            _session = Session();
            Inbox = new RequestInbox(Parts.Pipeline.WorkPath, _session.FilesRead().Contains, setup.Inbox, Parts.Get<PoolDisk>(), setup.Time);
            _watch.Done(_session.FilesRead());
        }
        catch
        {
            _session?.Dispose();
            Parts.Dispose();
            throw;
        }
    }

    /// <summary>Its name, that of its folder too.</summary>
    public string Name => Parts.Pipeline.Name;

    /// <summary>What it has from the service.</summary>
    public UnitSetup Setup => _setup;

    /// <summary>Where its runs tell how they go.</summary>
    public PhaseBoard Board { get; }

    /// <summary>Rows over HTTP.</summary>
    public RequestInbox Inbox { get; }

    /// <summary>What configuration says now.</summary>
    public UnitParts Parts { get; private set; }

    /// <summary>Rounds and selections that have ended.</summary>
    public RunHistory History { get; } = new();

    /// <summary>Rejected rows.</summary>
    public RejectTally Rejects { get; } = new();

    /// <summary>How it is.</summary>
    public UnitHealth Health { get; } = new();

    /// <summary>Rows of the pool by fate, its segments and bytes.</summary>
    public PoolFigures Pool { get; private set; } = new(default, 0, 0);

    /// <summary>The last selection; null before the first.</summary>
    public SelectionState? Selection => _selector.Last;

    /// <summary>Names of the stages, in the order of the flow.</summary>
    public IReadOnlyList<string> StageNames { get; private set; } = [];

    /// <summary>Files that each source names, as of the last look.</summary>
    public IReadOnlyList<SourceState> Sources => _watch.Sources;

    /// <summary>Asks for a selection now. False: one is asked for or under way already.</summary>
    public bool AskForSelection() => _selector.Due.Ask();

    /// <summary>Opens the models. Throws <see cref="ConfigurationException"/> with every mistake.</summary>
    public void Open()
    {
        _session.Open();
        StageNames = _session.StageNames;
        _selector.Load(Parts.Pipeline);
    }

    /// <summary>Works until it is told to stop, or until it fails for good: then it throws what ended it.</summary>
    /// <param name="stop">The service ends: files are left where the last commit stands, rows over HTTP that are whole are committed and answered.</param>
    /// <param name="cut">Nothing is waited for any longer.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken cut)
    {
        while (!stop.IsCancellationRequested)
        {
            await ReloadAsync(stop);
            bool goesOn = await _attempts.TryAsync(() => StepAsync(stop, cut), Attempts.Round, Parts.Options.MaxFailures, stop, cut);
            if (!stop.IsCancellationRequested && Pool.Counts.Annotated > 0)
            {
                _selector.Consider(Parts, _last, _isIdle, stop);
            }

            if (!goesOn)
            {
                await WaitAsync(stop);
            }
        }

        Inbox.Close("The service is stopping. Send the request again, with the same key, once it runs.");
        while (Inbox.HasWork && !cut.IsCancellationRequested && await _attempts.TryAsync(() => HttpAsync(cut), Attempts.LastRound, int.MaxValue, cut, cut))
        {
            // One more: a request may have become whole meanwhile.
        }

        await _selector.EndAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        Parts.Dispose();
    }

    private PipelineSession Session() => new(Parts.Get<PipelineRun>(), Parts.Get<AnnotateRun>(), Parts.Pipeline, Parts.Get<PoolDisk>(), _setup.Time, Board);

    // True: there may be more to do at once.
    private async Task<bool> StepAsync(CancellationToken stop, CancellationToken cut)
    {
        if (!_isOpen)
        {
            await ResumeAsync(stop);
        }

        if (Inbox.HasWork && _setup.Time.GetElapsedTime(_committed) >= Parts.Options.CommitInterval)
        {
            await HttpAsync(cut);
        }

        IReadOnlyList<SourceFile> files = _watch.Look(Parts);
        if (files.Count > 0)
        {
            await RoundAsync(files, [], stop);
            _watch.Done(files.Select(f => f.Path));
            return true;
        }

        _isIdle = !Inbox.HasWork;
        if (_isIdle)
        {
            _session.Settle();
        }

        return false;
    }

    // What a changed model left stale is scored again before anything new comes in.
    private async Task ResumeAsync(CancellationToken stop)
    {
        if (_session.HasPool)
        {
            await RoundAsync([], [], stop, reads: false);
            Rejects.Load(Parts.Pipeline.PoolPath, _session.Committed());
            if (Selection is null)
            {
                _selector.Due.Note();
            }
        }

        _isOpen = true;
    }

    private async Task<bool> HttpAsync(CancellationToken cut)
    {
        IReadOnlyList<InboxBatch> batches = Inbox.Collect();
        if (batches.Count > 0)
        {
            _isIdle = false;
            await RoundAsync([.. batches.Select(b => b.File)], batches, cut);
            Inbox.Commit(batches);
        }

        _committed = _setup.Time.GetTimestamp();
        return true;
    }

    private async Task RoundAsync(IReadOnlyList<SourceFile> files, IReadOnlyList<InboxBatch> batches, CancellationToken token, bool reads = true)
    {
        DateTimeOffset started = _setup.Time.GetUtcNow();
        Dictionary<string, InboxBatch> byPath = batches.ToDictionary(b => b.File.Path, StringComparer.Ordinal);
        AnnotateReport report = await _session.RoundAsync(_session.Round(files) with
        {
            Taken = (file, rows) =>
            {
                Rejects.Add(file.Name, rows.Rejections);
                byPath.GetValueOrDefault(file.Path)?.Note(rows);
            },
            // Somebody's broken rows over HTTP must not end everybody's service.
            GuardsRejects = batches.Count == 0,
            Reads = reads,
        }, token);
        StageNames = _session.StageNames;
        IReadOnlyList<LedgerRecord> committed = _session.Committed();
        Pool = new PoolFigures(report.Counts, committed.Count, committed.Sum(r => r.Stored.Sum(f => f.Bytes)));
        if (_rounds.Note(Name, report, batches.Sum(b => b.Entries.Count), committed.Count, started))
        {
            _last = report;
            _selector.Due.Note();
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        TimeSpan rest = Parts.Options.PollInterval;
        if (Inbox.HasWork)
        {
            TimeSpan untilCommit = Parts.Options.CommitInterval - _setup.Time.GetElapsedTime(_committed);
            rest = untilCommit < TimeSpan.Zero ? Parts.Options.PollInterval : untilCommit < rest ? untilCommit : rest;
        }

        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task arrival = Inbox.HasWork ? Task.Delay(Timeout.InfiniteTimeSpan, over.Token) : Inbox.ArrivalAsync();
        await Task.WhenAny(arrival, _selector.Due.AskedAsync(), _reload.AskedAsync(), Task.Delay(rest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : rest, _setup.Time, over.Token));
        await over.CancelAsync();
    }

    private async Task ReloadAsync(CancellationToken stop)
    {
        if (!_reload.IsDue() || UnitReload.Read(this) is not { } next)
        {
            return;
        }

        UnitParts before = Parts;
        await _selector.EndAsync();
        Parts = next;
        _session.Dispose();
        try
        {
            _session = Session();
            Open();
            await ResumeAsync(stop);
            before.Dispose();
            Health.Succeeded("configuration");
            _selector.Due.Note();
            Board.Say($"Configuration taken: {string.Join(", ", ReloadPlan.Of(before, next).Changed)}.");
        }
        catch (Exception exception) when (exception is ConfigurationException or IOException or InvalidDataException or InferenceException or ModelException)
        {
            _session.Dispose();
            Parts = before;
            next.Dispose();
            _session = Session();
            _isOpen = false;
            UnitReload.Refuse(this, exception.Message);
        }
    }

    /// <summary>Looks at the configuration at once.</summary>
    public void Reload() => _reload.Ask();
}
