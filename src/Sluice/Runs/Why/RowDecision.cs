namespace Sluice.Runs.Why;

/// <summary>What a recipe decided about a row.</summary>
internal sealed record RowDecision
{
    /// <summary>The output directory that tells.</summary>
    public required string Output { get; init; }

    /// <summary>Ranks (0-based) at which the row was chosen; empty when it was not. Several where a curriculum repeats it.</summary>
    public required IReadOnlyList<long> Ranks { get; init; }

    /// <summary>Lines of the selection.</summary>
    public required long Selected { get; init; }

    /// <summary>What steps noted of a chosen row, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>The steps it surely got through, in order.</summary>
    public required IReadOnlyList<PassedStep> Passed { get; init; }

    /// <summary>The step that dropped it; null when none did.</summary>
    public string? Step { get; init; }

    /// <summary>That step's reason; null when none dropped it.</summary>
    public string? Reason { get; init; }

    /// <summary>How far it was from being kept, a sentence; null where that cannot be said.</summary>
    public string? Short { get; init; }
}
