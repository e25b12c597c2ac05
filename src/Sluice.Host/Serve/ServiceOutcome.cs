namespace Sluice.Host.Serve;

/// <summary>How the hosted service ended, for the exit code.</summary>
internal sealed class ServiceOutcome
{
    /// <summary>What ended it; null when it was asked to stop.</summary>
    public Exception? Fault { get; set; }
}
