namespace Sluice.Runs.Study;

/// <summary>What a study is estimated from: a study and its scores, or a finished matrix.</summary>
internal sealed record StudyEstimateOptions
{
    /// <summary>The <c>study.json</c> that the data sets were planned in; null for a finished matrix.</summary>
    public string? Study { get; init; }

    /// <summary>The measured scores; null for a finished matrix.</summary>
    public string? Scores { get; init; }

    /// <summary>A finished matrix (csv; row = target, column = trained); null to estimate one.</summary>
    public string? Matrix { get; init; }

    /// <summary>Whether the finished matrix holds trained categories in rows and targets in columns. Default false. The published figure does not settle which it shows.</summary>
    public bool Transpose { get; init; }

    /// <summary>Where the answer is written.</summary>
    public required string Out { get; init; }

    /// <summary>A slice counts only where training the target itself moved its score by at least this much, in the scores' unit. Default 0.001.</summary>
    public double MinGain { get; init; } = 0.001;

    /// <summary>Largest absolute coefficient. Default 1.2, where the published figure ends.</summary>
    public double Clip { get; init; } = 1.2;

    /// <summary>Least coefficient of an edge of the taxonomy. Default 0.5: half of what the target's own rows are worth.</summary>
    public double Edge { get; init; } = 0.5;
}
