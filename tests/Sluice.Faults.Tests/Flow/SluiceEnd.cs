namespace Sluice.Faults.Tests.Flow;

/// <summary>How a process of the program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
/// <param name="PeakBytes">Most resident memory it had, as seen while it ran.</param>
/// <param name="Elapsed">Its life.</param>
internal sealed record SluiceEnd(int ExitCode, string Output, string Error, long PeakBytes, TimeSpan Elapsed)
{
    public SluiceEnd Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}.\n{Output}\n{Error}");
        return this;
    }
}
