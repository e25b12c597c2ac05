using System.Threading.Tasks.Dataflow;
using Sluice.Diagnostics.Faults;
using Sluice.Topology;

namespace Sluice.Tests.Topology;

public sealed class FlowWatchdogTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _said = [];
    private bool _isReading;

    [Fact]
    public void Look_StageAtWorkTooLong_IsNamedWithTheQueuesAtDoublingTimes()
    {
        StageMeter parse = new("parse", 2, () => 3);
        StageMeter quality = new("quality", 2, () => 4);
        using FlowWatchdog dog = Watch(10, parse, quality);
        parse.Add(5, TimeSpan.Zero);
        quality.Begin(_time.GetTimestamp());
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(_said);

        _time.Advance(TimeSpan.FromSeconds(91));

        Assert.Equal(4, _said.Count);
        Assert.Equal("No stage has finished a batch for 10 s. Stage 'quality' has been at work for 11.3 s. Batches that wait: parse 3, quality 4.", _said[0]);
        Assert.Equal(["10 s", "20 s", "40 s", "80 s"], _said.Select(s => s["No stage has finished a batch for ".Length..s.IndexOf('.', StringComparison.Ordinal)]).Select(s => s == "1 min 20 s" ? "80 s" : s));
    }

    [Fact]
    public void Look_MovesAgain_IsSaidOnceAndTheNextStallTakesItsFullTime()
    {
        StageMeter quality = new("quality", 2, () => 0);
        using FlowWatchdog dog = Watch(10, quality);
        quality.Begin(0);
        _time.Advance(TimeSpan.FromSeconds(12));
        quality.End(0);
        quality.Add(1, TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(2, _said.Count);
        Assert.StartsWith("The flow moves again, after 12", _said[1], StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, _said.Count);
    }

    [Fact]
    public void Look_BatchesKeepComing_SaysNothing()
    {
        StageMeter quality = new("quality", 2, () => 9);
        using FlowWatchdog dog = Watch(10, quality);
        for (int i = 0; i < 50; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(9));
            quality.Add(1, TimeSpan.Zero);
        }

        Assert.Empty(_said);
    }

    [Fact]
    public void Look_StageThatAsks_WaitsForItsEndpoint()
    {
        StageMeter respond = new("respond", 8, () => 0, asks: true);
        using FlowWatchdog dog = Watch(10, respond);
        respond.Begin(0);
        respond.Begin(0);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("Stage 'respond' has waited for its endpoint for 10 s (2 batches).", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0, "the source is waited for")]
    [InlineData(false, 2, "the process gets no thread")]
    public void Look_NoStageAtWork_SaysWhatIsWaitedFor(bool isReading, int waiting, string expected)
    {
        _isReading = isReading;
        using FlowWatchdog dog = Watch(10, new StageMeter("parse", 1, () => waiting));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains(expected, Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void Look_ProcessWasStopped_DoesNotCountTheTimeItSlept()
    {
        StageMeter quality = new("quality", 1, () => 1);
        using FlowWatchdog dog = Watch(10, quality);
        quality.Begin(0);
        _time.Jump(TimeSpan.FromHours(1));
        Assert.Empty(_said);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Single(_said);
    }

    [Fact]
    public void Watch_TimeZero_NeverLooks()
    {
        using FlowWatchdog dog = Watch(0, new StageMeter("quality", 1, () => 1));
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task RunAsync_StageHangs_WarnsWhileItDoesAndEndsTheWatchWithTheFlow()
    {
        using Flow flow = new(new FlowContext(new FlowOptions { StallTime = TimeSpan.FromSeconds(10), Parallelism = 1 }, _time, FaultPlan.None, _said.Add), default);
        using SemaphoreSlim inside = new(0);
        using SemaphoreSlim gate = new(0);
        TransformBlock<int, int> head = flow.Parallel<int, int>("work", _ => 1, (item, token) =>
        {
            inside.Release();
            gate.Wait(token);
            return item;
        });
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (_, _) => { }));
        Task run = flow.RunAsync(Enumerable.Range(0, 1).ToAsyncEnumerable(), head);
        Assert.True(await inside.WaitAsync(TimeSpan.FromSeconds(30)));
        _time.Advance(TimeSpan.FromSeconds(10));
        gate.Release();
        await run.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, _said.Count);
        Assert.Contains("Stage 'work' has been at work for 10 s.", _said[0], StringComparison.Ordinal);
        Assert.StartsWith("The flow moves again", _said[1], StringComparison.Ordinal);
        Assert.Equal(0, _time.Timers);
    }

    private FlowWatchdog Watch(int seconds, params StageMeter[] meters) =>
        new(new FlowContext(new FlowOptions { StallTime = TimeSpan.FromSeconds(seconds) }, _time, FaultPlan.None, _said.Add), meters, () => _isReading);
}
