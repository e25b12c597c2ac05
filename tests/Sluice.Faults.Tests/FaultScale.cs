namespace Sluice.Faults.Tests;

/// <summary>How much of the suite runs: the short form within <c>dotnet test</c>, or the whole when the environment variable SLUICE_FAULT_SUITE is <c>full</c>.</summary>
internal static class FaultScale
{
    /// <summary>Whether the whole suite was asked for.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("SLUICE_FAULT_SUITE") == "full";

    /// <summary>The number for this form.</summary>
    public static int Of(int brief, int full) => IsFull ? full : brief;
}
