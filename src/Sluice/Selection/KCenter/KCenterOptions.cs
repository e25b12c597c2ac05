namespace Sluice.Selection.KCenter;

/// <summary>What to choose, and how.</summary>
internal sealed class KCenterOptions
{
    /// <summary>Rows to choose, the start rows included; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Rows chosen before the first, in order, distinct; empty (the default) for the row nearest the mean of all rows, lowest index on ties.</summary>
    public IReadOnlyList<int> Start { get; init; } = [];

    /// <summary>The distance; euclidean by default.</summary>
    public KCenterMetric Metric { get; init; } = KCenterMetric.Euclidean;

    /// <summary>What to do when only repeats are left; stop by default.</summary>
    public WhenExhausted WhenExhausted { get; init; } = WhenExhausted.Stop;

    /// <summary>What bounds are made from; the rows themselves by default. The result does not depend on it.</summary>
    public RowBounds Bounds { get; init; } = RowBounds.Full;

    /// <summary>Threads at work; by default one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
