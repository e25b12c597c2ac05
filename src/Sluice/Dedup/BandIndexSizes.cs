namespace Sluice.Dedup;

/// <summary>How much memory the parts of a <see cref="BandIndex"/> take at most, and how its runs are merged. Answers depend on none of them.</summary>
/// <param name="RecentBytes">Of the entries added last.</param>
/// <param name="FilterBytes">Of the filters.</param>
/// <param name="MarkBytes">Of the runs' marks.</param>
/// <param name="FanIn">Runs of a level that are merged into one, 2 or more.</param>
internal sealed record BandIndexSizes(long RecentBytes, long FilterBytes, long MarkBytes, int FanIn)
{
    private const long MostRecent = 22 << 20;
    private const int Runs = 8;

    // Exact dedup has one key a row where near dedup has some twenty.
    private const int ExactShare = 16;

    /// <summary>Sizes for exact dedup.</summary>
    public static BandIndexSizes ForExact(DedupOptions options) => Within(Bytes(options) / ExactShare);

    /// <summary>Sizes for near dedup.</summary>
    public static BandIndexSizes ForNear(DedupOptions options) => Within(Bytes(options) - (Bytes(options) / ExactShare));

    /// <summary>Sizes within a bound; what they leave is for the runs' first keys.</summary>
    /// <param name="bytes">Bytes of all parts together.</param>
    public static BandIndexSizes Within(long bytes)
    {
        long recent = Math.Min(bytes / 4, MostRecent);
        long marks = (bytes - recent) / 4;
        return new BandIndexSizes(recent, (bytes - recent - marks - (bytes / 64)) & ~31L, marks, Runs);
    }

    private static long Bytes(DedupOptions options) => options.IndexMegabytes * 1024L * 1024;
}
