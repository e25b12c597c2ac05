using System.Globalization;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Flow;

/// <summary>A pool that takes its rows slowly, or for a while not at all.</summary>
[Collection(HarnessTests.Name)]
public sealed class SinkFaultTests(Undisturbed undisturbed, ITestOutputHelper output) : IClassFixture<Undisturbed>, IDisposable
{
    private const long Slack = 60L << 20;
    private readonly FlowCase _case = new(undisturbed.Case);

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task Run_SlowSink_HoldsTheReaderBackAtTheSameBytesAndMemory()
    {
        SluiceEnd end = (await _case.RunAsync("stage.pool.before=delay:~100")).Expect(0);

        long most = Math.Max(undisturbed.End.PeakBytes * 5 / 4, undisturbed.End.PeakBytes + Slack);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak resident memory: {end.PeakBytes >> 20} MiB with a slow sink, {undisturbed.End.PeakBytes >> 20} MiB without"));
        Assert.InRange(undisturbed.End.PeakBytes, 30L << 20, 2L << 30);
        Assert.InRange(end.PeakBytes, 30L << 20, most);
        Assert.InRange(_case.Fired.Length, 30, 45);
        _case.ExpectSameAs(undisturbed.Case);
    }

    [Fact]
    public async Task Run_SinkStallsForSeconds_GoesOnToTheSameBytes()
    {
        SluiceEnd end = (await _case.RunAsync("stage.pool.before=delay:3000@9")).Expect(0);

        Assert.Single(_case.Fired);
        Assert.InRange(end.Elapsed, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(2));
        _case.ExpectSameAs(undisturbed.Case);
    }
}
