namespace Sluice.Runs.Study;

/// <summary>What a study's data sets are made of.</summary>
internal sealed record StudyPlanOptions
{
    /// <summary>Rows of the base set where neither their number nor the rows are given; at most half the pool's rows with a category.</summary>
    public const int DefaultBase = 10_000;

    /// <summary>The pool, or the work directory that holds it.</summary>
    public required string Pool { get; init; }

    /// <summary>Where the data sets are written.</summary>
    public required string Out { get; init; }

    /// <summary>Column of categories. Default <c>category</c>.</summary>
    public string Column { get; init; } = Sluice.Pool.PoolColumns.Category;

    /// <summary>Rows of the base set, drawn at random; null for <see cref="DefaultBase"/>.</summary>
    public int? Base { get; init; }

    /// <summary>Rows of a category added to the base set. Default 1,000.</summary>
    public int Each { get; init; } = 1_000;

    /// <summary>Seed of what is drawn. Default 2024.</summary>
    public int Seed { get; init; } = 2024;

    /// <summary>Slices of each category's evaluation that the template has lines for. Default 5.</summary>
    public int Slices { get; init; } = 5;

    /// <summary>The categories to study; empty for all of the pool's.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>A selection.jsonl whose rows are the base set, in its order; null to draw them.</summary>
    public string? BaseRows { get; init; }

    /// <summary>Whether another study in <see cref="Out"/> is replaced.</summary>
    public bool Fresh { get; init; }
}
