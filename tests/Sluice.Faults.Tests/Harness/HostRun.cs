namespace Sluice.Faults.Tests.Harness;

/// <summary>How one run of the executable ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of.</param>
/// <param name="Elapsed">Time from its start to its end.</param>
internal sealed record HostRun(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    private const int Killed = 128 + 9;

    /// <summary>Whether SIGKILL ended it: the kill hit.</summary>
    public bool WasKilled => ExitCode == Killed;

    /// <summary>Fails the test, showing all that was printed, when the run ended with another exit code.</summary>
    public HostRun Expect(int code, string context = "")
    {
        Assert.True(ExitCode == code, $"{context}: found exit code {ExitCode}, expected {code}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Fails the test when the run was not killed.</summary>
    public HostRun ExpectKilled(string context) => Expect(Killed, context);
}
