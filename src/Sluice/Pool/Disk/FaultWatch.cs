using Sluice.Diagnostics.Faults;

namespace Sluice.Pool.Disk;

/// <summary>Makes every step to the disk a fault point.</summary>
internal sealed class FaultWatch(FaultPlan faults) : IDiskWatch
{
    /// <inheritdoc/>
    public int Before(in DiskStep step)
    {
        faults.Reach(step.Point + ".before");
        return step.Bytes;
    }

    /// <inheritdoc/>
    public void After(in DiskStep step) => faults.Reach(step.Point + ".after");
}
