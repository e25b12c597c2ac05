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

    /// <summary>Importance of the categories (csv: category, alpha), relative to the recipe's file. Default empty: the shares of the rows that came in.</summary>
    public string Importance { get; init; } = "";

    /// <summary>Rows to select. Default: as many as came in.</summary>
    [Range(1L, int.MaxValue)]
    public long? Count { get; init; }

    /// <summary>
    /// Total variation distance that the shares may move away from the importance. Default 0.03, as in the authors' code; where <see cref="MaxChange"/> is given and this
    /// is not, MaxChange alone limits the move.
    /// </summary>
    [Range(0.0, 1.0)]
    public double? Shift { get; init; }

    /// <summary>Change of a single share at most, absolute. Default: no limit of its own.</summary>
    [Range(0.0, 1.0)]
    public double? MaxChange { get; init; }

    /// <summary>Limits on shares: category to [min, max].</summary>
    public IReadOnlyDictionary<string, double[]> Bounds { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Limits on the joint share of several categories.</summary>
    public IReadOnlyList<ProportionGroupOptions> Groups { get; init; } = [];

    /// <summary>
    /// Rows that additions are drawn from: <c>eligible</c> (default; every candidate that no filter step refused, so also those a choosing step passed over),
    /// <c>incoming</c> (only the rows that came in), <c>pool</c> (every candidate), or the name of an earlier step (what it kept).
    /// </summary>
    public string Source { get; init; } = "eligible";

    /// <summary>Column by which the worst rows go and the best come. Default <c>quality</c>; where the pool has no such column, rank and row decide.</summary>
    public string Quality { get; init; } = "quality";

    /// <summary>
    /// <c>lp</c> (default): the exact linear programme, rounded to exactly <see cref="Count"/> rows. <c>published</c>: the sign rule of the authors' released code, which moves
    /// <see cref="Shift"/> of the rows between the categories above and below the average, at random.
    /// </summary>
    [AllowedValues("lp", "published")]
    public string Method { get; init; } = "lp";

    /// <summary>Seed of the random choice of <c>published</c>. Default 2024.</summary>
    public int Seed { get; init; } = 2024;
}
