using System.ComponentModel.DataAnnotations;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="CurriculumStep"/>: DT-CSFT, "Beyond IID", arXiv 2409.07045.</summary>
public sealed class CurriculumStepOptions
{
    /// <summary>The column of categories. Default <c>category</c>.</summary>
    public string Column { get; init; } = PoolColumns.Category;

    /// <summary>
    /// Base categories: more of them in the first epoch. Default empty: the 8 of the authors' script (code and mathematics). Names of the effect-equivalence figure count for the
    /// script's, such as <c>Algorithm Design</c> for <c>Algorithm Analysis</c>.
    /// </summary>
    public IReadOnlyList<string> Base { get; init; } = [];

    /// <summary>Dependent categories: more of them in the last epoch. Default empty: the 14 of the authors' script (knowledge, writing, people).</summary>
    public IReadOnlyList<string> Dependent { get; init; } = [];

    /// <summary>A <c>taxonomy.json</c> of <c>sluice study estimate</c> that names the groups instead of Base and Dependent, relative to the recipe's file. Default empty: none.</summary>
    public string Taxonomy { get; init; } = "";

    /// <summary>Share of the rows that the first epoch doubles (base) and holds out (dependent). Default: 1/10, and 1/20 from 50,000 rows.</summary>
    [Range(0.0, 1.0)]
    public double? Shift { get; init; }

    /// <summary>Seed of the order. Default 2024.</summary>
    public int Seed { get; init; } = 2024;

    /// <summary>
    /// What to do where the base or the dependent group has fewer rows than are to be shifted: <c>clamp</c> (default) shifts fewer, so that each row stands exactly three times;
    /// <c>published</c> does as the authors' script, which then makes blocks of unequal length, lets rows stand more or less often, or ends with an error.
    /// </summary>
    [AllowedValues("clamp", "published")]
    public string WhenSmall { get; init; } = "clamp";
}
