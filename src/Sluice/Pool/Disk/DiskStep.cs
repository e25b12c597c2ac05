namespace Sluice.Pool.Disk;

/// <summary>One thing that is about to be done to the disk, or was.</summary>
/// <param name="Point">What for and what, such as <c>ledger.sync</c>: the name of the fault point without <c>.before</c> or <c>.after</c>.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="To">Its new path, for a rename.</param>
/// <param name="Bytes">Bytes to be written, for a write.</param>
internal readonly record struct DiskStep(string Point, string Path, string? To = null, int Bytes = 0);
