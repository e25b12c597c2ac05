using System.Globalization;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Kill;

/// <summary>One run, one work directory.</summary>
[Collection(HarnessTests.Name)]
public sealed class TwoProcessTests(References references, ITestOutputHelper output)
{
    // Long enough to be stopped there.
    private const string Pausing = "ledger.sync.after=delay:1500@2";

    [Fact]
    public void Run_SecondOnTheSameDirectory_IsRefusedAndTheFirstUndisturbed()
    {
        Reference reference = references.Of(Scenario.Small());
        using Attempt attempt = new(reference);
        using HostProcess first = Pause(attempt);

        HostRun second = Second(reference, attempt).Expect(2, "the second");

        Assert.Contains($"The work directory {attempt.Work} is in use by process {first.Id.ToString(CultureInfo.InvariantCulture)} on ", second.Error, StringComparison.Ordinal);
        first.Thaw();
        Oracle.Check(reference, attempt.Work, attempt.Output, first.Wait(), "the first of two");
        Summary.Add(output, "two processes on one directory", 1);
    }

    [Fact]
    public void Run_OwnerKilled_LeavesTheLockFree()
    {
        using Attempt attempt = new(references.Of(Scenario.Small()));
        using HostProcess first = Pause(attempt);
        first.Kill().ExpectKilled("the owner");

        attempt.Finish("the owner of the lock was killed");
        Summary.Add(output, "owner of the lock killed", 1);
    }

    private static HostProcess Pause(Attempt attempt)
    {
        HostProcess first = attempt.Start(Pausing);
        first.Until("two segments are committed", () => attempt.Fired().Count > 0);
        first.Freeze();
        return first;
    }

    private static HostRun Second(Reference reference, Attempt attempt) =>
        HostProcess.Run(reference.Folder, "run", Scenario.PipelineFile, "--work", attempt.Work, "--out", attempt.Output);
}
