using System.Globalization;
using Sluice.Diagnostics.Faults;

namespace Sluice.Faults.Tests.Harness;

/// <summary>A work and an output directory in which a scenario's command is run, disturbed and run again.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly Reference _reference;

    /// <param name="reference">The scenario and what an undisturbed run of it leaves.</param>
    /// <param name="state">What lies in the directories at first.</param>
    public Attempt(Reference reference, StartState state = StartState.Fresh)
    {
        _reference = reference;
        Folder = Directory.CreateTempSubdirectory("sluice-fault-").FullName;
        reference.Lay(state, this);
    }

    /// <summary>The folder that holds both directories.</summary>
    public string Folder { get; }

    /// <summary>The work directory.</summary>
    public string Work => Path.Combine(Folder, "work");

    /// <summary>The output directory.</summary>
    public string Output => Path.Combine(Folder, "out");

    /// <summary>Seed of the chances in fault plans.</summary>
    public int Seed { get; init; } = 1;

    private string Log => Path.Combine(Folder, "faults.log");

    /// <summary>Starts the scenario's command and does not wait.</summary>
    /// <param name="faults">The fault plan, or null.</param>
    /// <param name="more">Further arguments.</param>
    public HostProcess Start(string? faults = null, params string[] more)
    {
        File.Delete(Log);
        Dictionary<string, string> environment = faults is null ? [] : new()
        {
            [FaultPlan.Variable] = faults,
            [FaultPlan.LogVariable] = Log,
            [FaultPlan.SeedVariable] = Seed.ToString(CultureInfo.InvariantCulture),
        };
        return HostProcess.Start(_reference.Folder, environment, ["run", Scenario.PipelineFile, "--work", Work, "--out", Output, .. more]);
    }

    /// <summary>Runs the scenario's command to its end.</summary>
    public HostRun Run(string? faults = null, params string[] more)
    {
        using HostProcess process = Start(faults, more);
        return process.Wait();
    }

    /// <summary>The faults that fired in the last run, a line each.</summary>
    public IReadOnlyList<string> Fired() => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    /// <summary>Runs until a point kills the process. Returns false when the run ended well without reaching it; fails the test when anything else happens.</summary>
    public bool TryKill(string point, int pass, string context, params string[] more)
    {
        HostRun run = Run(string.Create(CultureInfo.InvariantCulture, $"{point}=kill@{pass}"), more);
        if (Fired() is [])
        {
            run.Expect(0, $"{context}, {point}@{pass} not reached");
            return false;
        }

        Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"{point} Kill at pass {pass}")], Fired());
        run.ExpectKilled($"{context}, {point}@{pass}");
        return true;
    }

    /// <summary>Runs until a point kills the process. Fails the test when it does not.</summary>
    public void Kill(string point, int pass, string context, params string[] more) => Assert.True(TryKill(point, pass, context, more), $"{context}: {point} was not passed {pass} times");

    /// <summary>Runs the command once more, undisturbed, and holds what it leaves to the oracle.</summary>
    public HostRun Finish(string context)
    {
        HostRun last = Run();
        Oracle.Check(_reference, Work, Output, last, context);
        return last;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
