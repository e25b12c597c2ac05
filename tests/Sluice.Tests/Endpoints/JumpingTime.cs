namespace Sluice.Tests.Endpoints;

/// <summary>A clock that jumps over every wait up to two minutes, so that tests of waits do not wait; longer ones, such as timeouts, never end.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > s_patience)
        {
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        lock (_lock)
        {
            _now += dueTime;
            Waits.Add(dueTime);
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
