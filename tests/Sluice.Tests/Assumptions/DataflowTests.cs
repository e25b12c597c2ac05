using System.Threading.Tasks.Dataflow;

namespace Sluice.Tests.Assumptions;

/// <summary>Pins the traps of TPL Dataflow that Topology closes: when one of these fails, the platform has changed and a guard may go.</summary>
public sealed class DataflowTests
{
    [Fact]
    public async Task OperationCanceledException_InABody_SilentlyDropsTheItem()
    {
        TransformBlock<int, int> block = new(i => i == 1 ? throw new OperationCanceledException() : i);
        List<int> seen = [];
        ActionBlock<int> end = new(seen.Add);
        block.LinkTo(end, new DataflowLinkOptions { PropagateCompletion = true });
        for (int i = 0; i < 3; i++)
        {
            await block.SendAsync(i);
        }

        block.Complete();
        await end.Completion;

        Assert.Equal(TaskStatus.RanToCompletion, block.Completion.Status);
        Assert.Equal([0, 2], seen);
    }

    [Fact]
    public void Post_ToAFullBlock_ReturnsFalse()
    {
        BufferBlock<int> block = new(new DataflowBlockOptions { BoundedCapacity = 1 });

        Assert.True(block.Post(1));
        Assert.False(block.Post(2));
        Assert.Equal(1, block.Count);
    }

    [Fact]
    public void DefaultBound_IsUnlimited() =>
        Assert.Equal(DataflowBlockOptions.Unbounded, new ExecutionDataflowBlockOptions().BoundedCapacity);

    [Fact]
    public async Task SendAsync_UpstreamOfAFaultedBlock_HangsWithoutAToken()
    {
        TransformBlock<int, int> head = new(i => i, new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
        ActionBlock<int> end = new(_ => throw new InvalidOperationException("fault"), new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
        head.LinkTo(end, new DataflowLinkOptions { PropagateCompletion = true });
        await head.SendAsync(0);
        await Assert.ThrowsAsync<InvalidOperationException>(() => end.Completion);
        await head.SendAsync(1);

        Task<bool> stuck = head.SendAsync(2);
        await Task.WhenAny(stuck, Task.Delay(200));

        Assert.False(stuck.IsCompleted);
    }

    [Fact]
    public async Task PredicateLink_WithoutATwin_StopsTheFlowAtTheFirstUnmatchedItem()
    {
        BufferBlock<int> source = new();
        List<int> seen = [];
        ActionBlock<int> even = new(seen.Add);
        source.LinkTo(even, new DataflowLinkOptions { PropagateCompletion = true }, i => i % 2 == 0);
        foreach (int i in (int[])[0, 1, 2])
        {
            await source.SendAsync(i);
        }

        source.Complete();
        await Task.WhenAny(even.Completion, Task.Delay(200));

        Assert.False(even.Completion.IsCompleted);
        Assert.DoesNotContain(2, seen);
    }

    [Fact]
    public async Task Fault_TravelsNestedInAggregates()
    {
        TransformBlock<int, int> head = new((Func<int, int>)(_ => throw new InvalidDataException("the real error")));
        TransformBlock<int, int> middle = new(i => i);
        ActionBlock<int> end = new(_ => { });
        head.LinkTo(middle, new DataflowLinkOptions { PropagateCompletion = true });
        middle.LinkTo(end, new DataflowLinkOptions { PropagateCompletion = true });
        await head.SendAsync(1);

        await Assert.ThrowsAnyAsync<Exception>(() => end.Completion);

        AggregateException nested = end.Completion.Exception!;
        Assert.IsType<AggregateException>(nested.InnerException);
        Assert.Equal("the real error", nested.GetBaseException().Message);
    }

    [Fact]
    public async Task Completion_OfACancelledBlock_WaitsForItsAsyncBodies()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource inside = new();
        TaskCompletionSource<int> held = new();
        TransformBlock<int, int> block = new(
            _ =>
            {
                inside.SetResult();
                return held.Task;
            },
            new ExecutionDataflowBlockOptions { CancellationToken = stop.Token, MaxDegreeOfParallelism = 4 });
        await block.SendAsync(1);
        await inside.Task;
        await stop.CancelAsync();

        Assert.NotSame(block.Completion, await Task.WhenAny(block.Completion, Task.Delay(100)));
        held.SetResult(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => block.Completion).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
