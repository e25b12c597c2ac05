using System.ComponentModel.DataAnnotations;

namespace Sluice.Pool;

/// <summary>How the pool is cut into segments: section <c>Pool</c>. Part of the run's identity.</summary>
public sealed class PoolOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Pool";

    /// <summary>Rows read after which a segment is committed. Fewer lose less work in a crash; more cost fewer syncs and files. Default 16384.</summary>
    [Range(1, 10000000)]
    public int SegmentRows { get; init; } = 16384;

    /// <summary>Raw bytes read after which a segment is committed early. Default 64 MiB.</summary>
    [Range(1024, 1099511627776)]
    public long SegmentBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Times that a run goes on from the last commit when the disk fails for a moment (an input/output error, a stale handle); each commit in between counts anew. A full or read-only disk is never tried again. Default 3.</summary>
    [Range(0, 1000)]
    public int Retries { get; init; } = 3;

    /// <summary>Whether a commit waits until the disk has it. Without it a run is a little faster and still outlives its own death, but a power cut may lose acknowledged rows. Default true.</summary>
    public bool Sync { get; init; } = true;
}
