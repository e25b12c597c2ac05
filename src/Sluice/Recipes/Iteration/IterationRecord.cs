using Sluice.Pool;

namespace Sluice.Recipes.Iteration;

/// <summary>An epoch's <c>state.json</c>: everything about it that is no list of rows, and the digests of the files that are.</summary>
internal sealed record IterationRecord
{
    /// <summary>Version of the layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>0-based epoch.</summary>
    public required int Epoch { get; init; }

    /// <summary>Rows that take part.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows to pick an epoch.</summary>
    public required int Wanted { get; init; }

    /// <summary>Rows picked.</summary>
    public required int Picked { get; init; }

    /// <summary>Rows of the window that were not eligible.</summary>
    public required int Ineligible { get; init; }

    /// <summary>Those of them without a score.</summary>
    public required int Unscored { get; init; }

    /// <summary>Rows to score again for the next epoch.</summary>
    public required int Window { get; init; }

    /// <summary>The options.</summary>
    public required IterationSettings Settings { get; init; }

    /// <summary>The pool's folder.</summary>
    public required string Pool { get; init; }

    /// <summary>SHA-256 of its rows.</summary>
    public required string Identity { get; init; }

    /// <summary>SHA-256 of the scores that the iteration began with.</summary>
    public required string FirstScores { get; init; }

    /// <summary>SHA-256 of the scores that made this epoch.</summary>
    public required string Applied { get; init; }

    /// <summary>The files beside it.</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }
}
