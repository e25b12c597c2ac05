using System.Threading.Tasks.Dataflow;
using Sluice.Topology;

namespace Sluice.Tests.Topology;

public sealed class FlowTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(8, 16)]
    public async Task RunAsync_ParallelStage_KeepsTheOrderOfTheItems(int workers, int queue)
    {
        using Flow flow = TestFlow.Make(new FlowOptions { Parallelism = workers, QueueBatches = queue });
        Random random = new(7);
        int[] spins = [.. Enumerable.Range(0, 300).Select(_ => random.Next(2000))];
        TransformBlock<int, int> head = flow.Parallel<int, int>("work", _ => 1, (item, _) =>
        {
            Thread.SpinWait(spins[item]);
            return item;
        });
        List<int> seen = [];
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (item, _) => seen.Add(item)));

        await flow.RunAsync(Items(300), head);

        Assert.Equal(Enumerable.Range(0, 300), seen);
        Assert.All(flow.Meters, m => Assert.Equal(300, m.Rows));
    }

    [Fact]
    public async Task RunAsync_FaultDownstream_EndsTheProducerAndReportsTheFaultItself()
    {
        using Flow flow = TestFlow.Make(new FlowOptions { Parallelism = 2, QueueBatches = 1 });
        TransformBlock<int, int> head = flow.Parallel<int, int>("work", _ => 1, (item, _) => item);
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (item, _) =>
        {
            if (item == 5)
            {
                throw new InvalidDataException("row 5 is odd");
            }
        }));

        // An endless source: without the run token the producer would hang for ever in SendAsync.
        InvalidDataException fault = await Assert.ThrowsAsync<InvalidDataException>(() => flow.RunAsync(Items(int.MaxValue), head)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("row 5 is odd", fault.Message);
    }

    [Fact]
    public async Task RunAsync_StageCancelsItself_IsAFaultAndNotALostItem()
    {
        using Flow flow = TestFlow.Make(new FlowOptions());
        TransformBlock<int, int> head = flow.Parallel<int, int>("tag", _ => 1, (item, _) => item == 3 ? throw new OperationCanceledException("a timeout of its own") : item);
        List<int> seen = [];
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (item, _) => seen.Add(item)));

        StageFaultException fault = await Assert.ThrowsAsync<StageFaultException>(() => flow.RunAsync(Items(10), head));

        Assert.Contains("'tag'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_CallerCancels_ThrowsWithTheCallersToken()
    {
        using CancellationTokenSource caller = new();
        using Flow flow = TestFlow.Make(new FlowOptions(), token: caller.Token);
        TransformBlock<int, int> head = flow.Parallel<int, int>("work", _ => 1, (item, _) =>
        {
            if (item == 20)
            {
                caller.Cancel();
            }

            return item;
        });
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (_, _) => { }));

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flow.RunAsync(Items(int.MaxValue), head)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_SourceThrows_ReportsItAndEndsEveryBlock()
    {
        using Flow flow = TestFlow.Make(new FlowOptions());
        TransformBlock<int, int> head = flow.Ordered<int, int>("work", _ => 1, (item, _) => item);
        ActionBlock<int> end = flow.Sink<int>("end", _ => 1, (_, _) => { });
        Flow.Link(head, end);

        await Assert.ThrowsAsync<IOException>(() => flow.RunAsync(Broken(), head));

        Assert.True(end.Completion.IsCompleted);

        static async IAsyncEnumerable<int> Broken()
        {
            yield return 1;
            await Task.Yield();
            throw new IOException("the disk is gone");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    public async Task RunAsync_WaitingStage_KeepsTheOrderAndHoldsNoThread(int workers, int queue)
    {
        using Flow flow = TestFlow.Make(new FlowOptions { Parallelism = workers, QueueBatches = queue });
        TaskCompletionSource[] gates = [.. Enumerable.Range(0, workers + queue).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        int inside = 0;
        TransformBlock<int, int> head = flow.Waiting<int, int>("ask", _ => 1, async (item, _) =>
        {
            if (item < gates.Length)
            {
                // All of the first items wait at once; then they are let go in reverse order.
                if (Interlocked.Increment(ref inside) == gates.Length)
                {
                    gates[^1].SetResult();
                }

                await gates[item].Task;
                if (item > 0)
                {
                    gates[item - 1].SetResult();
                }
            }

            return item;
        });
        List<int> seen = [];
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (item, _) => seen.Add(item)));

        await flow.RunAsync(Items(100), head).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Enumerable.Range(0, 100), seen);
        Assert.All(flow.Meters, m => Assert.Equal(100, m.Rows));
    }

    [Fact]
    public async Task RunAsync_WaitingStageCancelsItself_IsAFaultAndNotALostItem()
    {
        using Flow flow = TestFlow.Make(new FlowOptions());
        TransformBlock<int, int> head = flow.Waiting<int, int>("ask", _ => 1, async (item, _) =>
        {
            await Task.Yield();
            return item == 3 ? throw new OperationCanceledException("a timeout of its own") : item;
        });
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (_, _) => { }));

        StageFaultException fault = await Assert.ThrowsAsync<StageFaultException>(() => flow.RunAsync(Items(10), head)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("'ask'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WaitingStageFaults_EndsTheOthersThatWait()
    {
        using Flow flow = TestFlow.Make(new FlowOptions { Parallelism = 2, QueueBatches = 4 });
        TransformBlock<int, int> head = flow.Waiting<int, int>("ask", _ => 1, async (item, token) =>
        {
            if (item == 2)
            {
                await Task.Yield();
                throw new IOException("the server is gone");
            }

            await Task.Delay(Timeout.Infinite, token);
            return item;
        });
        Flow.Link(head, flow.Sink<int>("end", _ => 1, (_, _) => { }));

        IOException fault = await Assert.ThrowsAsync<IOException>(() => flow.RunAsync(Items(int.MaxValue), head)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("the server is gone", fault.Message);
    }

    private static async IAsyncEnumerable<int> Items(int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return i;
            if (i % 16 == 0)
            {
                await Task.Yield();
            }
        }
    }
}
