namespace Sluice.Selection.FacilityLocation;

/// <summary>What <see cref="FacilityLocationGreedy"/> chooses, and how.</summary>
internal sealed class FacilityOptions
{
    /// <summary>Rows to choose; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>The similarity; submodlib's by default.</summary>
    public FacilitySimilarity Similarity { get; init; } = FacilitySimilarity.Submodlib;

    /// <summary>Whether the highest of several rows with equal gains is chosen, not the lowest.</summary>
    public bool HighestOnTies { get; init; }

    /// <summary>Bytes that similarities of promising rows to all others may take, so that they are not computed again. Default 512 MiB.</summary>
    public long CacheBytes { get; init; } = 1L << 29;

    /// <summary>Threads at work; by default one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
