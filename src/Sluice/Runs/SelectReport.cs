using Sluice.Pool;
using Sluice.Recipes;

namespace Sluice.Runs;

/// <summary>What the select half did.</summary>
internal sealed record SelectReport
{
    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>The output directory.</summary>
    public required string OutPath { get; init; }

    /// <summary>What the recipe decided.</summary>
    public required RecipeOutcome Outcome { get; init; }

    /// <summary>Rows of the pool by fate.</summary>
    public required RowCounts Counts { get; init; }

    /// <summary>Wall time up to the manifest; in the report, up to where the outputs are begun.</summary>
    public required TimeSpan Elapsed { get; init; }
}
