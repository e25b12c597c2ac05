using Sluice.Diagnostics.Faults;
using Sluice.Host.Cli;
using Sluice.Topology;

namespace Sluice.Faults.Tests.Flow;

/// <summary>What signals do, without a process to end.</summary>
public sealed class StopGuardTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource<int> _code = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public void Signal_First_CancelsAndEndsNothing()
    {
        using StopGuard guard = Make();
        guard.Signal();
        Assert.True(guard.Token.IsCancellationRequested);
        Assert.False(_code.Task.IsCompleted);
        Assert.Empty(_said);
    }

    [Fact]
    public async Task Signal_SecondWhileTheFirstIsStillBeingHandled_EndsAtOnce()
    {
        using StopGuard guard = Make();
        using CancellationTokenRegistration again = guard.Token.Register(guard.Signal);
        guard.Signal();
        Assert.Equal(130, await _code.Task.WaitAsync(s_patience));
        Assert.Contains("at the second signal", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_AfterTheSignal_WaitsAsLongAsTheseOptionsSay()
    {
        using StopGuard guard = Make();
        guard.LateCode = 1;
        guard.Signal();
        Follow(guard, TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, await _code.Task.WaitAsync(s_patience));
        Assert.Contains("Not ended 0.1 s after the signal (Flow:StopTime). Stage 'quality' hangs. Ended without", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_BeforeTheTimeIsUp_EndsNothing()
    {
        StopGuard guard = Make();
        Follow(guard, TimeSpan.FromMilliseconds(100));
        guard.Signal();
        guard.Dispose();
        guard.Signal();
        await Task.Delay(300);
        Assert.False(_code.Task.IsCompleted);
        Assert.Empty(_said);
    }

    private StopGuard Make() => new(TimeProvider.System, _said.Add, code => _code.TrySetResult(code));

    private void Follow(StopGuard guard, TimeSpan stopTime)
    {
        FlowContext context = new(new FlowOptions { StopTime = stopTime }, TimeProvider.System, FaultPlan.None, static _ => { }) { Running = static () => "Stage 'quality' hangs." };
        guard.Follow(context, _said.Add);
    }
}
