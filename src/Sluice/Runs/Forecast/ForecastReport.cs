namespace Sluice.Runs.Forecast;

/// <summary>What a run of a pipeline is expected to need.</summary>
internal sealed record ForecastReport
{
    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>Input files.</summary>
    public required int Files { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows read for the sample.</summary>
    public required long Sampled { get; init; }

    /// <summary>Places that they were read at.</summary>
    public required int Places { get; init; }

    /// <summary>Whether the sample is the whole input.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Seed of the sample.</summary>
    public required int Seed { get; init; }

    /// <summary>Time that the forecast took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>The figures.</summary>
    public required IReadOnlyList<ForecastLine> Lines { get; init; }

    /// <summary>The stage that decides the speed, and the share of the time it is at work, of all of its workers; null when no row flowed.</summary>
    public required (string Name, double Busy)? Bottleneck { get; init; }

    /// <summary>What to know of these figures, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What will not fit on this machine, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>A figure by its name.</summary>
    public Interval this[string what] => Lines.First(l => l.What == what).Value;
}
