using System.Globalization;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Disk;

/// <summary>A disk that fails now and then: the run goes on from its last commit by itself.</summary>
[Collection(HarnessTests.Name)]
public sealed class MomentaryFaultTests(References references, ITestOutputHelper output)
{
    /// <summary>Step, chance in percent at each pass, seed.</summary>
    public static TheoryData<string, int, int> Steps()
    {
        TheoryData<string, int, int> cases = new() { { "segment.write.before", 10, 1 } };
        for (int seed = 2; seed < FaultScale.Of(2, 7); seed++)
        {
            cases.Add("segment.write.before", 10, seed);
            cases.Add("column.write.after", 2, seed);
            cases.Add("segment.sync.before", 2, seed);
            cases.Add("segments.*", 8, seed);
            cases.Add("ledger.*", 5, seed);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Run_StepFailsNowAndThen_EndsAsAnUndisturbedRun(string step, int percent, int seed)
    {
        Reference reference = references.Of(Scenario.Small());
        string context = $"{step} fails at {percent} %, seed {seed}";
        using Attempt attempt = new(reference) { Seed = seed };

        HostRun run = attempt.Run(string.Create(CultureInfo.InvariantCulture, $"{step}=io%{percent}"), "--set", "Pool:Retries=50");

        Assert.True(attempt.Fired() is not [], $"{context}: no fault fired");
        Assert.All(attempt.Fired(), static line => Assert.Contains(" Io at pass ", line, StringComparison.Ordinal));
        Oracle.Check(reference, attempt.Work, attempt.Output, run, context);
        Summary.Add(output, $"input/output error at {step}, {percent} %", attempt.Fired().Count, 0, seed);
    }

    [Fact]
    public void Run_StepFailsForGood_EndsAfterTheRetriesAndGoesOnAfterwards()
    {
        using Attempt attempt = new(references.Of(Scenario.Small()));

        HostRun run = attempt.Run("segment.write.before=io@5+", "--set", "Pool:Retries=2").Expect(1, "a disk that fails for good");

        Assert.Equal(3, attempt.Fired().Count);
        Assert.Contains("Input/output error", run.Error, StringComparison.Ordinal);
        attempt.Finish("the disk failed for good, and was replaced");
        Summary.Add(output, "input/output error for good", 3);
    }
}
