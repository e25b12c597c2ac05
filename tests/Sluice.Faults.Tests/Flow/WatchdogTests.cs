using Sluice.Faults.Tests.Harness;

namespace Sluice.Faults.Tests.Flow;

/// <summary>What the program says while a stage makes no progress.</summary>
[Collection(HarnessTests.Name)]
public sealed class WatchdogTests(Undisturbed undisturbed) : IClassFixture<Undisturbed>, IDisposable
{
    private readonly FlowCase _case = new(undisturbed.Case);

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task Run_StageHangsForSeconds_IsNamedAndSoIsItsEnd()
    {
        SluiceEnd end = (await _case.RunAsync("stage.quality.before=delay:4000@3", ["--set", "Flow:StallTime=00:00:01"])).Expect(0);

        string said = end.Output + end.Error;
        Assert.Single(_case.Fired);
        Assert.Contains("No stage has finished a batch for 1", said, StringComparison.Ordinal);
        Assert.Contains("Stage 'quality' has been at work for", said, StringComparison.Ordinal);
        Assert.Contains("Batches that wait: parse", said, StringComparison.Ordinal);
        Assert.Contains("The flow moves again, after", said, StringComparison.Ordinal);
        _case.ExpectSameAs(undisturbed.Case);
    }
}
