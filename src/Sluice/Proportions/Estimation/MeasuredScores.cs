namespace Sluice.Proportions.Estimation;

/// <summary>
/// Scores of the K + 1 models of a study ("Beyond IID", arXiv 2409.07045): of the one tuned on the base set alone and of those tuned on the base set and one category more, each on
/// every slice of every category's own evaluation. Losses do as well: their sign cancels.
/// </summary>
internal sealed class MeasuredScores
{
    /// <summary>Name of the model tuned on the base set alone.</summary>
    public const string Base = "base";

    /// <summary>The categories, in the order of the study; both trained and targets.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Names of each target's evaluation slices, in the order they were met; at least one.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Slices { get; init; }

    /// <summary>Score of the base model: target, then slice.</summary>
    public required double[][] BaseScores { get; init; }

    /// <summary>Scores of the others: trained, then target, then slice.</summary>
    public required double[][][] Scores { get; init; }
}
