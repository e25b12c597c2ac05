using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Disk;

/// <summary>A directory that must not be written to, from the start or from the middle of a run on.</summary>
[Collection(HarnessTests.Name)]
public sealed class ReadOnlyTests(References references, ITestOutputHelper output)
{
    [MountFact]
    public void Run_WorkDirectoryTurnsReadOnly_SaysWhereAndGoesOnAfterwards()
    {
        using Attempt attempt = new(references.Of(Scenario.Small()));
        using (HostProcess process = attempt.Start("ledger.sync.after=delay:4000@3"))
        {
            process.Until("three segments are committed", () => attempt.Fired().Count > 0);
            using Mount mount = Mount.ReadOnly(attempt.Work);
            HostRun run = process.Wait().Expect(1, "read-only in the middle");
            Refused(run, attempt.Work);
        }

        HostRun last = attempt.Finish("the work directory was read-only for a while");
        Assert.Contains("3 segments are kept from an earlier run", last.Output + last.Error, StringComparison.Ordinal);
        Summary.Add(output, "work directory turned read-only", 1);
    }

    [MountFact]
    public void Run_OutputDirectoryReadOnly_SaysWhereAndKeepsThePool()
    {
        using Attempt attempt = new(references.Of(Scenario.Small()));
        using (Mount.ReadOnly(attempt.Output))
        {
            Refused(attempt.Run().Expect(1, "read-only output directory"), attempt.Output);
        }

        HostRun last = attempt.Finish("the output directory was read-only");
        Assert.Contains("scored nothing again", last.Output, StringComparison.Ordinal);
        Summary.Add(output, "output directory read-only", 1);
    }

    [MountFact]
    public void Run_WorkDirectoryReadOnlyFromTheStart_SaysSoAndBlamesNobody()
    {
        using Attempt attempt = new(references.Of(Scenario.Small()));
        using (Mount.ReadOnly(attempt.Work))
        {
            HostRun run = attempt.Run();

            Refused(run.Expect(1, "read-only work directory"), attempt.Work);
            Assert.DoesNotContain("in use by", run.Error, StringComparison.Ordinal);
        }

        attempt.Finish("the work directory was read-only");
        Summary.Add(output, "work directory read-only from the start", 1);
    }

    private static void Refused(HostRun run, string folder)
    {
        Assert.Contains("Read-only file system", run.Error, StringComparison.Ordinal);
        Assert.Contains(folder, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("this is a bug", run.Error, StringComparison.Ordinal);
    }
}
