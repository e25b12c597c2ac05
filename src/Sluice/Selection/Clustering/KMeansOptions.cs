namespace Sluice.Selection.Clustering;

/// <summary>How <see cref="KMeans"/> clusters.</summary>
internal sealed class KMeansOptions
{
    /// <summary>Clusters wanted; at least 1.</summary>
    public required int Clusters { get; init; }

    /// <summary>Decides the first centres.</summary>
    public int Seed { get; init; }

    /// <summary>Rounds at most; 300 by default, as scikit-learn's.</summary>
    public int Rounds { get; init; } = 300;

    /// <summary>Stop when the centres' squared movement, summed, is at most this times the mean variance of a number; 1e-4 by default, as scikit-learn's.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Threads at work; by default one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
