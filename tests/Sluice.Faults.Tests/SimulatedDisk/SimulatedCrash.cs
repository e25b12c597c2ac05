namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>The machine stopped: no code of a run may catch it, and nothing changes the disk after it.</summary>
internal sealed class SimulatedCrash(string step) : Exception($"The simulated disk stopped at {step}.");
