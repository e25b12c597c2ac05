namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>Ways in which the simulated disk fails.</summary>
internal enum FaultKind
{
    /// <summary>It stops before a step.</summary>
    Before,

    /// <summary>It stops after a step.</summary>
    After,

    /// <summary>It stops within a write, of which a part is done.</summary>
    Within,

    /// <summary>It is full after so many bytes.</summary>
    Full,

    /// <summary>It fails to sync a file, and forgets what it was to sync.</summary>
    Sync,
}
