namespace Sluice.Pool.Disk;

/// <summary>Stands beside the disk in tests: sees every step that changes it, and may make it fail.</summary>
internal interface IDiskWatch
{
    /// <summary>Before a step; may throw. Returns the bytes that still fit when it is a write: fewer than asked for and the disk is full after them.</summary>
    int Before(in DiskStep step);

    /// <summary>After a step that went well; may throw, as a crash between two steps does.</summary>
    void After(in DiskStep step);
}
