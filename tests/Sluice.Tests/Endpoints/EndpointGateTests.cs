using Sluice.Endpoints;

namespace Sluice.Tests.Endpoints;

public sealed class EndpointGateTests
{
    [Fact]
    public async Task Leave_RequestsRefusedTogether_NarrowOnce()
    {
        EndpointGate gate = new(8, TimeProvider.System);
        long[] entered = [await gate.EnterAsync(default), await gate.EnterAsync(default), await gate.EnterAsync(default)];
        foreach (long place in entered)
        {
            gate.Leave(place, AttemptKind.Throttled, null);
        }

        Assert.Equal(4, gate.Width);
        gate.Leave(await gate.EnterAsync(default), AttemptKind.Throttled, null);
        Assert.Equal(2, gate.Width);
    }

    [Fact]
    public async Task Leave_ThrottledForEver_LetsOneThrough()
    {
        EndpointGate gate = new(5, TimeProvider.System);
        for (int i = 0; i < 10; i++)
        {
            gate.Leave(await gate.EnterAsync(default), AttemptKind.Throttled, null);
        }

        Assert.Equal(1, gate.Width);
    }

    [Fact]
    public async Task EnterAsync_WaiterWhoLeft_TakesNobodysTurn()
    {
        EndpointGate gate = new(1, TimeProvider.System);
        long first = await gate.EnterAsync(default);
        using CancellationTokenSource stop = new();
        ValueTask<long> left = gate.EnterAsync(stop.Token);
        ValueTask<long> waiting = gate.EnterAsync(default);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await left);
        Assert.False(waiting.IsCompleted);
        gate.Leave(first, AttemptKind.Answered, null);
        gate.Leave(await waiting.AsTask().WaitAsync(TimeSpan.FromSeconds(30)), AttemptKind.Answered, null);
        Assert.Equal(1, gate.Width);
    }

    [Fact]
    public async Task EnterAsync_ManyAtRandom_NeverMoreInsideThanItsWidth()
    {
        EndpointGate gate = new(4, TimeProvider.System);
        int inside = 0;
        int most = 0;
        Random random = new(5);
        AttemptKind[] kinds = [.. Enumerable.Range(0, 400).Select(_ => random.Next(10) == 0 ? AttemptKind.Throttled : AttemptKind.Answered)];
        await Task.WhenAll(kinds.Select(async kind =>
        {
            long place = await gate.EnterAsync(default);
            int now = Interlocked.Increment(ref inside);
            for (int seen = Volatile.Read(ref most); now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = Volatile.Read(ref most))
            {
            }

            await Task.Yield();
            Interlocked.Decrement(ref inside);
            gate.Leave(place, kind, null);
        })).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.InRange(most, 1, 4);
        Assert.Equal(0, inside);
    }
}
