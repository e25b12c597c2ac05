using Sluice.Pool;

namespace Sluice.Runs.Forecast;

/// <summary>What running a sample through the stages has shown.</summary>
internal sealed record SampleMeasure
{
    /// <summary>What the rows turned out to be.</summary>
    public required SampleTally Tally { get; init; }

    /// <summary>Rows and seconds of stretches of the sample that follow each other, once all was warm; a single one where the sample is too small to part.</summary>
    public required IReadOnlyList<(double Rows, double Seconds)> Stretches { get; init; }

    /// <summary>Whether <see cref="Stretches"/> leave the first batches out.</summary>
    public required bool IsWarm { get; init; }

    /// <summary>Seconds of the whole flow, to the last commit.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of the last commit, which the stretches leave out.</summary>
    public required double LastCommit { get; init; }

    /// <summary>Commits in the stretches.</summary>
    public required int Commits { get; init; }

    /// <summary>Share of the stretches' time that each stage was at work, all of its workers together.</summary>
    public required IReadOnlyList<(string Name, double Busy)> Stages { get; init; }

    /// <summary>The sample's segments.</summary>
    public required IReadOnlyList<LedgerRecord> Segments { get; init; }

    /// <summary>Bytes of the sample's pool, with all that stands beside its segments.</summary>
    public required long PoolBytes { get; init; }

    /// <summary>Model to the tokens it has read of the sample.</summary>
    public required IReadOnlyList<(string Model, long Tokens)> Tokens { get; init; }

    /// <summary>Most resident bytes of the process by the end.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>Seconds a row, once all was warm, with the range that the stretches show.</summary>
    /// <param name="segmentRows">Rows of a segment: a commit follows each.</param>
    public Interval SecondsARow(int segmentRows)
    {
        // Of the machine's own noise nobody knows how much a later hour brings: it is left to the caller.
        Interval ratio = Limits95.Ratio(Stretches, 0);
        return Commits > 0 || !IsWarm ? ratio : ratio + Interval.Exact(LastCommit / Math.Max(segmentRows, Math.Max(1, Tally.Rows)));
    }
}
