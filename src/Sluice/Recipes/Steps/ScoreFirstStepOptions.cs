using System.ComponentModel.DataAnnotations;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="ScoreFirstStep"/>: Deita, arXiv 2312.15685.</summary>
public sealed class ScoreFirstStepOptions
{
    /// <summary>Complexity scores: one a row, or one a turn. Default <c>complexity</c>.</summary>
    public string Complexity { get; init; } = PoolColumns.Complexity;

    /// <summary>Quality scores: one a row, or one a turn, as many as there are of complexity. Default <c>quality</c>.</summary>
    public string Quality { get; init; } = PoolColumns.Quality;

    /// <summary>
    /// How a complexity score x enters the product: <c>none</c> (default), as it is; or <c>logistic</c>, 1 + 5 / (1 + exp(-x)), which lays a model's logit on the scale from
    /// 1 to 6 of Deita's scorers. A product of logits would reward rows that are bad in both.
    /// </summary>
    [AllowedValues("none", "logistic")]
    public string ComplexityScale { get; init; } = "none";

    /// <summary>How a quality score enters the product, as <see cref="ComplexityScale"/>. The default quality model answers with a logit: choose <c>logistic</c> for it. Default <c>none</c>.</summary>
    [AllowedValues("none", "logistic")]
    public string QualityScale { get; init; } = "none";

    /// <summary>The column of vectors. Default <c>embedding</c>.</summary>
    public string Embedding { get; init; } = PoolColumns.Embedding;

    /// <summary>
    /// A row is dropped when its cosine similarity to a row kept before it is strictly above this. Default 0.9. It is a similarity, although the paper and the reference's
    /// code call it a distance. Lower keeps fewer, more different rows; 1 keeps all. With <see cref="Metric"/> <c>manhattan</c> it is a distance.
    /// </summary>
    [Range(-1.0, double.MaxValue)]
    public double MaxSimilarity { get; init; } = 0.9;

    /// <summary>Rows to keep at most; -1 (default) keeps every row that is not too similar to a better one.</summary>
    [Range(-1, int.MaxValue)]
    public int Count { get; init; } = -1;

    /// <summary>
    /// Rows judged together. Default 1: exact. Above 1 only to repeat a run of the reference: inside a batch of so many rows, counted from the second row, a row is also
    /// dropped for an earlier one that is itself dropped.
    /// </summary>
    [Range(1, 4096)]
    public int Batch { get; init; } = 1;

    /// <summary>
    /// <c>cosine</c> (default), or <c>manhattan</c>, only to repeat a run of the reference: the sum of absolute differences of the vectors at length one, of which the
    /// reference drops the rows <em>above</em> the limit, the distant ones.
    /// </summary>
    [AllowedValues("cosine", "manhattan")]
    public string Metric { get; init; } = "cosine";

    /// <summary>
    /// What becomes of a row whose vector is all zeros and so resembles nothing: <c>keep</c> (default), as the reference, where its similarities are not numbers; or <c>drop</c>.
    /// </summary>
    [AllowedValues("keep", "drop")]
    public string ZeroVectors { get; init; } = "keep";
}
