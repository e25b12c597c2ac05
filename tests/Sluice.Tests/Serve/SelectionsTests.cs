using Sluice.Host.Serve;
using Sluice.Host.Serve.Units;
using Sluice.Tests.Topology;

namespace Sluice.Tests.Serve;

public sealed class SelectionsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Take_AfterIngest_TheFirstWhenIdleAndLaterOnesAfterTheInterval()
    {
        Selections due = new(_time);
        ServeOptions options = new() { SelectInterval = TimeSpan.FromSeconds(10) };
        Assert.Null(due.Take(options, isIdle: true));
        due.Note();
        Assert.Null(due.Take(options, isIdle: false));
        Assert.Equal("ingest", due.Take(options, isIdle: true));
        due.Note();
        Assert.Null(due.Take(options, isIdle: true));
        due.End(failed: false);
        Assert.Null(due.Take(options, isIdle: true));
        _time.Advance(TimeSpan.FromSeconds(10));
        // Rows that never stop coming must not put the selection off for ever.
        Assert.Equal("ingest", due.Take(options, isIdle: false));
    }

    [Fact]
    public void Take_AfterAFailure_IsDueAgainAfterTheInterval()
    {
        Selections due = new(_time);
        ServeOptions options = new();
        due.Note();
        due.Take(options, isIdle: true);
        due.End(failed: true);
        _time.Advance(options.SelectInterval);
        Assert.Equal("ingest", due.Take(options, isIdle: true));
    }

    [Fact]
    public void Ask_IsTakenAtOnceAndOnlyOnce()
    {
        Selections due = new(_time);
        ServeOptions options = new() { SelectAfterIngest = false };
        due.Note();
        Assert.Null(due.Take(options, isIdle: true));
        Task asked = due.AskedAsync();
        Assert.True(due.Ask());
        Assert.True(asked.IsCompleted);
        Assert.False(due.Ask());
        Assert.Equal("request", due.Take(options, isIdle: false));
        Assert.False(due.Ask());
        due.End(failed: false);
        Assert.True(due.Ask());
    }

    [Fact]
    public void Take_Scheduled_ByIntervalAndByTimeOfDay()
    {
        Selections due = new(_time);
        ServeOptions options = new() { SelectAfterIngest = false, SelectEvery = TimeSpan.FromHours(5), SelectAt = "03:30" };
        List<TimeSpan> taken = [];
        for (TimeSpan at = TimeSpan.Zero; at < TimeSpan.FromHours(30); at += TimeSpan.FromMinutes(30))
        {
            if (due.Take(options, isIdle: true) is { } trigger)
            {
                Assert.Equal("schedule", trigger);
                taken.Add(at);
                due.End(failed: false);
            }

            _time.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal([3.5, 8.5, 13.5, 18.5, 23.5, 27.5], taken.Select(t => t.TotalHours));
    }
}
