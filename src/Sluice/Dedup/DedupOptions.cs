using System.ComponentModel.DataAnnotations;

namespace Sluice.Dedup;

/// <summary>Which repeated rows are found: section <c>Stages:Dedup</c>.</summary>
public sealed class DedupOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Dedup";

    /// <summary>Whether a row is marked whose content, after NFKC, lower case and folded white space, equals an earlier row's. About 32 bytes of scratch disk a row. Default true.</summary>
    public bool Exact { get; init; } = true;

    /// <summary>Whether a row is marked whose word shingles largely equal an earlier kept row's. About 1 KB of scratch disk a kept row. Default true.</summary>
    public bool Near { get; init; } = true;

    /// <summary>
    /// Least Jaccard index of two rows' shingle sets at which the later one is a near duplicate; range 0.5 to 1, default 0.8. A lower value calls
    /// more rows duplicates and makes more comparisons. At this value a pair is found with a probability of at least 0.998.
    /// </summary>
    [Range(0.5, 1.0)]
    public double MinJaccard { get; init; } = 0.8;

    /// <summary>Consecutive words a shingle; range 1 to 16, default 5. More words make the comparison stricter: one changed word touches this many shingles.</summary>
    [Range(1, 16)]
    public int ShingleWords { get; init; } = 5;

    /// <summary>
    /// Mebibytes of memory for the shingle sets of the rows kept last; range 1 to 65536, default 4. Older sets are read back from the scratch file, which the system
    /// mostly holds in memory: a large cache saves those reads and costs more than that in copies that fall out of the processor's caches.
    /// </summary>
    [Range(1, 65536)]
    public int CacheMegabytes { get; init; } = 4;

    /// <summary>
    /// Mebibytes of memory for the indexes of both kinds at most; range 16 to 65536, default 256. A million rows take about 80, 5 million 210; give 45 more for each further million.
    /// With fewer the answers are the same and the scratch files are read more often: about 5 times a row at twice the rows that fit, 50 times at four times as many.
    /// </summary>
    [Range(16, 65536)]
    public int IndexMegabytes { get; init; } = 256;
}
