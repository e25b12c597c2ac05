namespace Sluice.Topology;

/// <summary>
/// Tells when no stage has finished a batch for a while, what each is doing, and when it moves again. It only tells: what hangs may be a slow disk or server that comes
/// back, and what is committed is safe either way.
/// </summary>
internal sealed class FlowWatchdog : IDisposable
{
    private const int LooksPerStall = 8;
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(10);
    private readonly FlowContext _context;
    private readonly IReadOnlyList<StageMeter> _meters;
    private readonly Func<bool> _isReading;
    private readonly TimeSpan _period;
    private readonly Lock _gate = new();
    private readonly ITimer? _timer;
    private bool _isOver;
    private long _looked;
    private long _finished;
    private TimeSpan _still;
    private TimeSpan _next;
    private bool _isWarned;

    /// <summary>Watches from now on; nothing at all when <see cref="FlowOptions.StallTime"/> is zero.</summary>
    /// <param name="context">Has the clock, the time after which to warn, and who is told.</param>
    /// <param name="meters">The stages, in the order of the flow.</param>
    /// <param name="isReading">Whether the flow has asked its source for the next batch.</param>
    public FlowWatchdog(FlowContext context, IReadOnlyList<StageMeter> meters, Func<bool> isReading)
    {
        _context = context;
        _meters = meters;
        _isReading = isReading;
        _next = context.Options.StallTime;
        _looked = context.Time.GetTimestamp();
        TimeSpan period = context.Options.StallTime / LooksPerStall;
        _period = period < s_shortest ? s_shortest : period;
        if (context.Options.StallTime > TimeSpan.Zero)
        {
            _timer = context.Time.CreateTimer(_ => Look(), null, _period, _period);
        }
    }

    /// <summary>Ends the watch. Says that it moves again if that was still to be said.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            if (!_isOver && _timer is not null)
            {
                _isOver = true;
                Moved();
            }
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            // A process that got no time itself, or was stopped, knows nothing of its stages: the time it slept through counts as one look only.
            long now = _context.Time.GetTimestamp();
            TimeSpan since = _context.Time.GetElapsedTime(_looked, now);
            _looked = now;
            _still += since < 2 * _period ? since : _period;
            if (!Moved() && _still >= _next)
            {
                _isWarned = true;
                _next = 2 * _still;
                _context.Warn($"No stage has finished a batch for {FlowState.Length(_still)}. {FlowState.Describe(_meters, _context.Time, _isReading())}");
            }
        }
    }

    private bool Moved()
    {
        long finished = _meters.Sum(m => m.Batches);
        if (finished == _finished)
        {
            return false;
        }

        if (_isWarned)
        {
            _context.Warn($"The flow moves again, after {FlowState.Length(_still)}.");
        }

        _finished = finished;
        _still = TimeSpan.Zero;
        _next = _context.Options.StallTime;
        _isWarned = false;
        return true;
    }
}
