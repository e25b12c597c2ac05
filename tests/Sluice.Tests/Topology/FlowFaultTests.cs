using System.Threading.Tasks.Dataflow;
using Sluice.Diagnostics.Faults;
using Sluice.Topology;

namespace Sluice.Tests.Topology;

/// <summary>The fault points around each stage's body.</summary>
public sealed class FlowFaultTests
{
    [Theory]
    [InlineData("stage.work.before=throw@3", 2, "stage.work.before")]
    [InlineData("stage.work.after=throw@3", 3, "stage.work.after")]
    [InlineData("stage.ask.before=throw@3", 3, "stage.ask.before")]
    [InlineData("stage.end.*=throw@5", 3, "stage.end.before")]
    public async Task RunAsync_FaultAtAStage_EndsTheFlowWithItsPoint(string plan, int atMost, string point)
    {
        int worked = 0;
        int ended = 0;
        using Flow flow = TestFlow.Make(new FlowOptions { Parallelism = 1, QueueBatches = 1 }, Plan(plan));
        TransformBlock<int, int> head = flow.Ordered<int, int>("work", _ => 1, (item, _) => Count(item));
        TransformBlock<int, int> ask = flow.Waiting<int, int>("ask", _ => 1, (item, _) => Task.FromResult(item));
        Flow.Link(head, ask);
        Flow.Link(ask, flow.Sink<int>("end", _ => 1, (_, _) => ended++));

        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() => flow.RunAsync(Enumerable.Range(0, 50).ToAsyncEnumerable(), head)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal($"Fault on purpose at {point}.", fault.Message);
        Assert.InRange(ended, 0, atMost);
        Assert.InRange(worked, 2, 49);

        int Count(int item)
        {
            worked++;
            return item;
        }
    }

    private static FaultPlan Plan(string text) => FaultPlan.Read(name => name == FaultPlan.Variable ? text : null);
}
