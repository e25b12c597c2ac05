namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>What a workload asks for.</summary>
internal enum WorkVerb
{
    /// <summary>Score again what an earlier version scored, then all that is not in the pool.</summary>
    Run,

    /// <summary>Feed mended rejects back in.</summary>
    Replay,

    /// <summary>Write the outputs.</summary>
    Select,
}
