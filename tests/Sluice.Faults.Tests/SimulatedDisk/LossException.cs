namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>What was acknowledged is not there.</summary>
internal sealed class LossException(string message) : Exception(message);
