namespace Sluice.Tests.Topology;

/// <summary>A clock that moves when a test says so, and fires its timers at each step on the way.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public int Timers => _timers.Count;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state) { Due = _now + dueTime, Period = period };
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves on; timers fire as often as they are due.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan end = _now + by;
        while (_timers.Where(t => t.Due <= end).MinBy(t => t.Due) is { } timer)
        {
            _now = timer.Due;
            timer.Fire();
        }

        _now = end;
    }

    /// <summary>Moves on as for a process that is stopped: each timer fires once, afterwards.</summary>
    public void Jump(TimeSpan by)
    {
        _now += by;
        foreach (ManualTimer timer in _timers.ToArray())
        {
            timer.Due = _now;
            timer.Fire();
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire()
        {
            Due = Period > TimeSpan.Zero ? Due + Period : TimeSpan.MaxValue;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime < TimeSpan.Zero ? TimeSpan.MaxValue : time._now + dueTime;
            Period = period;
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
