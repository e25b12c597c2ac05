namespace Sluice.Pool.Disk;

/// <summary>The named steps at which a run changes the disk: fault points take them with <c>.before</c> or <c>.after</c> behind.</summary>
internal static class DiskPoints
{
    /// <summary>All of them, in the order in which a run meets them first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "work.folder",
        "plan.write", "plan.sync", "plan.rename", "plan.folder",
        "configuration.write", "configuration.sync", "configuration.rename", "configuration.folder",
        "segment.write", "column.write", "segment.sync", "segment.folder", "segments.rename", "segments.folder",
        "ledger.truncate", "ledger.write", "ledger.sync", "ledger.folder", "ledger.renew",
        "columns.write", "columns.sync", "columns.rename", "columns.folder", "cleanup.delete",
        "rejects.write", "rejects.sync", "rejects.rename", "rejects.folder",
        "output.write", "output.sync", "output.delete", "output.rename", "output.folder",
        "manifest.write", "manifest.sync", "manifest.rename", "manifest.folder",
    ];
}
