using System.ComponentModel.DataAnnotations;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="ProportionsStep"/>: EE-CPO, the linear programme over category shares ("Beyond IID", arXiv 2409.07045).</summary>
public sealed class ProportionsStepOptions
{
    /// <summary>The column of categories. Default <c>category</c>.</summary>
    public string Column { get; init; } = "category";

    /// <summary>Effect-equivalence matrix (csv; row = target category, column = trained category), relative to the recipe's file. Default empty: the published Qwen matrix that the program ships.</summary>
    public string Matrix { get; init; } = "";

    /// <summary>Whether the matrix file holds trained categories in rows and targets in columns. Default false.</summary>
    public bool Transpose { get; init; }

    /// <summary>
    /// What to do with a category of the rows that the matrix lacks: <c>refuse</c> (default; names are easily misspelt) or <c>independent</c> (worth 1 to itself, 0 to all others).
    /// </summary>
    [AllowedValues("refuse", "independent")]
    public string Unknown { get; init; } = "refuse";

    /// <summary>
    /// Importance of the categories (csv: category, alpha), relative to the recipe's file; brought to a sum of 1, a category it lacks has 0. Default empty: the shares of the
    /// rows that came in. <see cref="Shift"/>, <see cref="MaxChange"/>, <see cref="MaxRelativeChange"/> and <see cref="RelativeBounds"/> are measured from it.
    /// </summary>
    public string Importance { get; init; } = "";

    /// <summary>Rows to select. Default: as many as came in.</summary>
    [Range(1L, int.MaxValue)]
    public long? Count { get; init; }

    /// <summary>
    /// Total variation distance that the shares may move away from the importance. Default 0.03, as in the authors' code; where <see cref="MaxChange"/> or
    /// <see cref="MaxRelativeChange"/> is given and this is not, they alone limit the move. With <c>published</c>: the part of the rows to move.
    /// </summary>
    [Range(0.0, 1.0)]
    public double? Shift { get; init; }

    /// <summary>Change of a single share at most, absolute. Default: no limit of its own.</summary>
    [Range(0.0, 1.0)]
    public double? MaxChange { get; init; }

    /// <summary>
    /// Change of a single share at most, as a part of itself: with 0.2 a share of 10 % stays between 8 and 12 %. A category of importance 0 then stays out. Default: no limit of
    /// its own.
    /// </summary>
    [Range(0.0, double.MaxValue)]
    public double? MaxRelativeChange { get; init; }

    /// <summary>Limits on shares: category to [min, max].</summary>
    public IReadOnlyDictionary<string, double[]> Bounds { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Limits on shares as multiples of their importance: category to [min, max], such as [0.8, 1.5].</summary>
    public IReadOnlyDictionary<string, double[]> RelativeBounds { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Fewest rows of a category in the result.</summary>
    public IReadOnlyDictionary<string, int> MinCounts { get; init; } = new Dictionary<string, int>();

    /// <summary>Most rows of a category in the result.</summary>
    public IReadOnlyDictionary<string, int> MaxCounts { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// Limits on the joint share of several categories, or of the rows with some values of another column. Then every combination of category and value is weighed by itself, and
    /// rows are dropped and added inside it.
    /// </summary>
    public IReadOnlyList<ProportionGroupOptions> Groups { get; init; } = [];

    /// <summary>
    /// Rows that additions are drawn from: <c>eligible</c> (default; every candidate that no filter step refused, so also those a choosing step passed over),
    /// <c>incoming</c> (only the rows that came in), <c>pool</c> (every candidate), or the name of an earlier step (what it kept).
    /// </summary>
    public string Source { get; init; } = "eligible";

    /// <summary>Column by which the worst rows go and the best come. Default <c>quality</c>; where the pool has no such column, rank and row decide.</summary>
    public string Quality { get; init; } = "quality";

    /// <summary>
    /// Which rows go and come inside a category: <c>best</c> (the lowest quality goes first, the best not yet selected comes first), <c>random</c> (seeded). Default <c>auto</c>:
    /// best with <c>lp</c>, random with <c>published</c>, as published.
    /// </summary>
    [AllowedValues("auto", "best", "random")]
    public string Choose { get; init; } = "auto";

    /// <summary>
    /// <c>lp</c> (default): the exact linear programme, rounded to exactly <see cref="Count"/> rows. <c>published</c>: the rule of the authors' released code, which moves
    /// <see cref="Shift"/> of the rows from the categories that its optimiser lowers to those that it raises; other limits, and Count, are refused with it. Unlike that code it
    /// takes no row twice and is seeded.
    /// </summary>
    [AllowedValues("lp", "published")]
    public string Method { get; init; } = "lp";

    /// <summary>
    /// How <c>published</c> tells which categories to raise: <c>first-step</c> (default; exactly those worth more than the average), <c>adam</c> (all 2,000 steps of its optimiser,
    /// the importances fixed as in the paper), <c>adam-aliased</c> (as released: the importances drift with the shares, which can turn a verdict round).
    /// </summary>
    [AllowedValues("first-step", "adam", "adam-aliased")]
    public string Optimizer { get; init; } = "first-step";

    /// <summary>Seed of the random choice. Default 2024.</summary>
    public int Seed { get; init; } = 2024;
}
