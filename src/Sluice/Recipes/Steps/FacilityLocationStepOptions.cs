using System.ComponentModel.DataAnnotations;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="FacilityLocationStep"/>: Superfiltering.D (arXiv 2402.00530) with submodlib.</summary>
public sealed class FacilityLocationStepOptions
{
    /// <summary>Rows to choose. Required.</summary>
    [Range(1, int.MaxValue)]
    public int Count { get; init; }

    /// <summary>The column of vectors. Default <c>embedding</c>. Superfiltering brings them to length one first; so do the shipped embedders.</summary>
    public string Column { get; init; } = PoolColumns.Embedding;

    /// <summary>How well a row stands for another: <c>submodlib</c> (default), exp(-euclidean distance / width), or <c>cosine</c>, where below zero counts as nothing.</summary>
    [AllowedValues("submodlib", "cosine")]
    public string Similarity { get; init; } = "submodlib";

    /// <summary>Which of rows with equal gains is chosen: the <c>low</c>est row (default), or the <c>high</c>est, as from submodlib's heap.</summary>
    [AllowedValues("low", "high")]
    public string Ties { get; init; } = "low";
}
