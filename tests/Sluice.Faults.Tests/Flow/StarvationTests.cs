using System.Diagnostics;
using System.Globalization;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Flow;

/// <summary>Half of one processor for a while.</summary>
[Collection(HarnessTests.Name)]
public sealed class StarvationTests(ITestOutputHelper output)
{
    private const int SliceMilliseconds = 50;

    [Fact]
    public async Task Run_HalfAProcessor_ComesToTheSameBytesAndNothingIsCalledStalled()
    {
        int rows = FaultScale.Of(3000, 2_000_000);
        string file = FaultScale.IsFull ? "d.parquet" : "d.jsonl";
        string[] settings = FaultScale.IsFull ? ["--set", "Flow:BatchRows=512", "--set", "Pool:SegmentRows=16384", "--set", "Flow:StallTime=00:00:10"] : ["--set", "Flow:StallTime=00:00:05"];
        using FlowCase free = new();
        (await free.CallAsync("demo", "--rows", rows.ToString(CultureInfo.InvariantCulture), "--seed", "7", "--out", file)).Expect(0);
        free.Write(file);
        (await free.RunAsync(more: settings)).Expect(0);
        using FlowCase starved = new();
        File.Copy(free[file], starved[file]);
        starved.Write(file);

        using SluiceProcess process = starved.Start(more: settings, processor: 0);
        Stopwatch soak = Stopwatch.StartNew();
        int stops = 0;
        while (!process.HasEnded && soak.Elapsed < TimeSpan.FromSeconds(FaultScale.Of(8, 600)))
        {
            process.Signal(SluiceProcess.Stop);
            await Task.Delay(SliceMilliseconds);
            process.Signal(SluiceProcess.Continue);
            await Task.Delay(SliceMilliseconds);
            stops++;
        }

        SluiceEnd end = (await process.EndAsync()).Expect(0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows in {end.Elapsed.TotalSeconds:0} s, {soak.Elapsed.TotalSeconds:0} s of them on half a processor, stopped {stops} times"));
        Assert.InRange(stops, 20, int.MaxValue);
        Assert.DoesNotContain("No stage has finished", end.Output + end.Error, StringComparison.Ordinal);
        starved.ExpectSameAs(free);
    }
}
