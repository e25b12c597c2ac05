using System.CommandLine;

namespace Sluice.Host.Cli;

/// <summary>One call of the program: what every verb gets besides its arguments.</summary>
internal sealed class SluiceInvocation : InvocationConfiguration
{
    /// <summary>How the program ends when it is told to.</summary>
    public required StopGuard Stop { get; init; }
}
