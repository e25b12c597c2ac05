using Sluice.Faults.Tests.Harness;

namespace Sluice.Faults.Tests.Flow;

/// <summary>How the program ends when it is told to, and when it fails by itself as a service.</summary>
[Collection(HarnessTests.Name)]
public sealed class SignalTests(Undisturbed undisturbed) : IClassFixture<Undisturbed>, IDisposable
{
    // Slow enough that a signal finds it in the middle.
    private const string Slow = "stage.pool.before=delay:100";
    private const string Hangs = "stage.quality.before=delay:60000@20";
    private static readonly TimeSpan s_inTime = TimeSpan.FromSeconds(20);
    private readonly FlowCase _case = new(undisturbed.Case);

    public void Dispose() => _case.Dispose();

    [Theory]
    [InlineData("run", SluiceProcess.Terminate, 130)]
    [InlineData("run", SluiceProcess.Interrupt, 130)]
    [InlineData("serve", SluiceProcess.Terminate, 0)]
    [InlineData("serve", SluiceProcess.Interrupt, 0)]
    public async Task Signal_InTheMiddle_EndsInTimeAndResumesToTheSameBytes(string verb, int signal, int code)
    {
        using (SluiceProcess process = _case.Start(Slow, verb: verb))
        {
            await process.UntilAsync(() => _case.Segments() >= 1, "a segment is committed");
            SluiceEnd end = await InTimeAsync(process, signal);
            end.Expect(code);
            Assert.InRange(_case.Segments(), 1, undisturbed.Case.Segments() - 1);
            Assert.False(File.Exists(_case["o/run.json"]));
        }

        (await _case.RunAsync()).Expect(0);
        _case.ExpectSameAs(undisturbed.Case);
    }

    [Fact]
    public async Task Signal_StageHoldsItsThread_EndsAfterStopTimeAndNamesIt()
    {
        using SluiceProcess process = _case.Start(Hangs, ["--set", "Flow:StopTime=00:00:01"]);
        await process.UntilAsync(() => _case.Fired.Length > 0, "the stage hangs");
        SluiceEnd end = (await InTimeAsync(process, SluiceProcess.Terminate)).Expect(130);
        Assert.Contains("Not ended 1 s after the signal (Flow:StopTime). Stage 'quality' has been at work for", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_StageOfTheServiceHoldsItsThread_EndsWith1()
    {
        using SluiceProcess process = _case.Start(Hangs, ["--set", "Flow:StopTime=00:00:01"], verb: "serve");
        await process.UntilAsync(() => _case.Fired.Length > 0, "the stage hangs");
        SluiceEnd end = (await InTimeAsync(process, SluiceProcess.Terminate)).Expect(1);
        Assert.Contains("Stage 'quality' has been at work for", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_Twice_EndsAtOnceWith130AndResumes()
    {
        using (SluiceProcess process = _case.Start(Hangs))
        {
            await process.UntilAsync(() => _case.Fired.Length > 0 && _case.Segments() >= 1, "the stage hangs");
            process.Signal(SluiceProcess.Interrupt);
            // The two must not be one pending signal.
            await Task.Delay(500);
            Assert.False(process.HasEnded);
            SluiceEnd end = (await InTimeAsync(process, SluiceProcess.Interrupt)).Expect(130);
            Assert.Contains("Ended at once, at the second signal.", end.Error, StringComparison.Ordinal);
        }

        (await _case.RunAsync()).Expect(0);
        _case.ExpectSameAs(undisturbed.Case);
        (await _case.CallAsync("verify", "w")).Expect(0);
    }

    [Fact]
    public async Task Serve_StageThrows_EndsWith1AndSaysWhat()
    {
        using SluiceProcess process = _case.Start("stage.quality.before=throw@3", verb: "serve");
        SluiceEnd end = (await process.EndAsync()).Expect(1);
        Assert.Contains("Fault on purpose at stage.quality.before.", end.Error, StringComparison.Ordinal);
    }

    private static async Task<SluiceEnd> InTimeAsync(SluiceProcess process, int signal)
    {
        process.Signal(signal);
        // Far below the 60 s for which the stage would hang; the machine may be busy.
        return await process.EndAsync().WaitAsync(s_inTime);
    }
}
