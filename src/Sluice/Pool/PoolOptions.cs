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
}
