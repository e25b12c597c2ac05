namespace Sluice.EndToEnd.Tests;

/// <summary>How a call of the executable ended.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public CliResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}.\n{Output}\n{Error}");
        return this;
    }
}
