using Sluice.Endpoints;
using Sluice.Pool;

namespace Sluice.Runs;

/// <summary>What the annotate half did.</summary>
internal sealed record AnnotateReport
{
    /// <summary>Rows by fate over the whole pool.</summary>
    public required RowCounts Counts { get; init; }

    /// <summary>Rows by fate that an earlier run had committed.</summary>
    public required RowCounts Kept { get; init; }

    /// <summary>What this run owes to an earlier one that was cut off; null when there was nothing to go on with.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>Rows this run scored.</summary>
    public long Scored => Counts.Annotated - Kept.Annotated;

    /// <summary>Segments that an earlier run had committed.</summary>
    public required int KeptSegments { get; init; }

    /// <summary>Wall time of this run's annotate half.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Rows of an earlier run whose changed or added columns this run scored.</summary>
    public required long Rescored { get; init; }

    /// <summary>Those columns, in name order.</summary>
    public required IReadOnlyList<string> RescoredColumns { get; init; }

    /// <summary>Rows that models could not score in this run, a row once a model: they are in the pool without that score.</summary>
    public required long Unscored { get; init; }

    /// <summary>The first of them, one sentence each.</summary>
    public required IReadOnlyList<string> UnscoredFirst { get; init; }

    /// <summary>A stage each: name, rows, seconds busy, workers.</summary>
    public required IReadOnlyList<StageFigures> Stages { get; init; }

    /// <summary>Model to what ran its graph.</summary>
    public IReadOnlyDictionary<string, string> Providers { get; init; } = new Dictionary<string, string>();

    /// <summary>What the stages that ask have done in this run, in the order of the flow; empty where none runs.</summary>
    public IReadOnlyList<EndpointMeter> Asking { get; init; } = [];

    /// <summary>Most resident bytes of the process by the end of the annotate half.</summary>
    public required long PeakRssBytes { get; init; }

    /// <summary>Most rows between reader and pool.</summary>
    public required long PeakRowsInFlight { get; init; }

    /// <summary>Most raw bytes between reader and pool.</summary>
    public required long PeakBytesInFlight { get; init; }
}
