using System.Threading.Tasks.Dataflow;
using Sluice.Endpoints;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Tests.Endpoints;
using Sluice.Tests.Inference;
using Sluice.Topology;

namespace Sluice.Tests.Topology;

/// <summary>A slow sink slows the source: what is in flight stays under its bound.</summary>
public sealed class BackpressureTests
{
    [Fact]
    public async Task SlowSink_InFlightRowsAndBytesStayUnderTheirBounds()
    {
        FlowOptions options = new() { Parallelism = 4, QueueBatches = 8, MaxRows = 1000, MaxBytes = 1 << 20, MaxTokens = 1 << 20 };
        FlowBudget budget = new(options);
        using Flow flow = TestFlow.Make(options);
        int inFlight = 0;
        int most = 0;
        TransformBlock<int, int> head = flow.Parallel<int, int>("work", _ => 100, (item, _) => item);
        TransformBlock<int, int> middle = flow.Ordered<int, int>("order", _ => 100, (item, _) => item);
        Flow.Link(head, middle);
        Flow.Link(middle, flow.Sink<int>("slow", _ => 100, (_, _) =>
        {
            Thread.SpinWait(20000);
            Interlocked.Decrement(ref inFlight);
            budget.Release(100, 150_000);
        }));

        await flow.RunAsync(Batches(), head);

        Assert.InRange(budget.PeakRows, 100, 1000);
        Assert.InRange(budget.PeakBytes, 150_000, 1 << 20);
        // 1 MiB holds six batches of 150,000 bytes: the tightest of the three bounds rules.
        Assert.InRange(most, 1, 6);

        async IAsyncEnumerable<int> Batches()
        {
            for (int i = 0; i < 200; i++)
            {
                await budget.AcquireAsync(100, 150_000, flow.Token);
                most = Math.Max(most, Interlocked.Increment(ref inFlight));
                yield return i;
            }
        }
    }

    [Fact]
    public async Task BoundedQueues_WithoutABudget_HoldTheProducerBack()
    {
        FlowOptions options = new() { Parallelism = 2, QueueBatches = 3 };
        using Flow flow = TestFlow.Make(options);
        using SemaphoreSlim gate = new(0);
        int produced = 0;
        TransformBlock<int, int> head = flow.Parallel<int, int>("work", _ => 1, (item, _) => item);
        Flow.Link(head, flow.Sink<int>("stalled", _ => 1, (_, token) => gate.Wait(token)));

        Task run = flow.RunAsync(Endless(), head);
        // Until nothing moves any more: the count must stand still at the sum of the bounds.
        int before = -1;
        while (before != Volatile.Read(ref produced) || before == 0)
        {
            before = Volatile.Read(ref produced);
            await Task.Delay(50);
        }

        Assert.InRange(before, 1, (2 + 3) + (1 + 3) + 2);
        gate.Release(1000);
        await run;
        Assert.Equal(500, produced);

        async IAsyncEnumerable<int> Endless()
        {
            for (int i = 0; i < 500; i++)
            {
                Interlocked.Increment(ref produced);
                yield return i;
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task StalledServer_HoldsTheReaderBack()
    {
        using SemaphoreSlim gate = new(0);
        await using FakeServer server = await FakeServer.StartAsync(async request =>
        {
            await gate.WaitAsync(request.Context.RequestAborted);
            await request.AnswerAsync("yes");
        });
        FlowOptions options = new() { Parallelism = 2, QueueBatches = 16, MaxRows = 60 };
        FlowBudget budget = new(options);
        EndpointMeter meter = new("respond");
        EndpointSettings settings = EndpointClientTests.Settings(server);
        using TemporaryFolder folder = new();
        using AnswerBook book = new(new EndpointClient(settings, meter, TimeProvider.System), meter, "", folder["respond.jsonl"]);
        AskStage<string> stage = new("respond", "response", 1, new EndpointResponses(new RequestWriter(settings, null, ""), book, 8, "tuned", ""), null, "", values => new TextData(values));
        using Flow flow = TestFlow.Make(options);
        TransformBlock<RowBatch, RowBatch> head = flow.Waiting<RowBatch, RowBatch>(stage.Name, StageChain.Rows, async (batch, token) =>
        {
            await stage.ProcessAsync(batch, token);
            return batch;
        });
        int answered = 0;
        Flow.Link(head, flow.Sink<RowBatch>("pool", StageChain.Rows, (batch, _) =>
        {
            answered += ((TextData)batch.Columns["response"]).Values.Count(text => text == "yes");
            budget.Release(batch.Read, 10);
        }));
        int produced = 0;
        Task run = flow.RunAsync(Batches(), head);
        int before = -1;
        while (before != Volatile.Read(ref produced) || server.Inside < 8)
        {
            before = Volatile.Read(ref produced);
            await Task.Delay(50);
        }

        Assert.InRange(before, 1, 7);
        Assert.InRange(budget.PeakRows, 10, 60);
        gate.Release(10000);
        await run.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((500, 500, 60L), (answered, server.Requests, budget.PeakRows));
        Assert.InRange(server.MostAtOnce, 1, 8);

        async IAsyncEnumerable<RowBatch> Batches()
        {
            for (int i = 0; i < 50; i++)
            {
                Interlocked.Increment(ref produced);
                await budget.AcquireAsync(10, 10, flow.Token);
                yield return TestRows.Batch([.. Enumerable.Range(i * 10, 10).Select(n => $"question {n}")]);
            }
        }
    }

    [Fact]
    public async Task Budget_BatchLargerThanTheBound_TravelsAlone()
    {
        FlowBudget budget = new(new FlowOptions { MaxRows = 10, MaxBytes = 65536, MaxTokens = 1024 });
        await budget.AcquireAsync(500, 10_000_000, default);
        ValueTask second = budget.AcquireAsync(1, 1, default);

        Assert.False(second.IsCompleted);
        budget.Release(500, 10_000_000);
        await second.AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Budget_CancelledWait_Throws()
    {
        using CancellationTokenSource stop = new();
        FlowBudget budget = new(new FlowOptions { MaxRows = 1 });
        await budget.AcquireAsync(1, 1, default);
        ValueTask second = budget.AcquireAsync(1, 1, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
    }
}
