using System.ComponentModel.DataAnnotations;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="KCenterStep"/>.</summary>
public sealed class KCenterStepOptions
{
    /// <summary>Rows to choose in all, the rows of <see cref="Start"/> included. Required.</summary>
    [Range(1, int.MaxValue)]
    public int Count { get; init; }

    /// <summary>The column of vectors. Default <c>embedding</c>.</summary>
    public string Column { get; init; } = "embedding";

    /// <summary>Pool rows to start from, in this order. Default none: the row nearest the mean.</summary>
    public IReadOnlyList<long> Start { get; init; } = [];

    /// <summary>Distance: <c>euclidean</c> (default), or <c>cosine</c>, the distance of the vectors brought to length one.</summary>
    [AllowedValues("euclidean", "cosine")]
    public string Metric { get; init; } = "euclidean";

    /// <summary>What to do when every remaining row repeats a chosen one: <c>stop</c> (default) with fewer rows, or <c>fill</c> with the lowest rows.</summary>
    [AllowedValues("stop", "fill")]
    public string WhenExhausted { get; init; } = "stop";

    /// <summary>
    /// What spares most exact distances: <c>full</c>, bounds from the vectors where they lie in the pool's mapped files, fastest while these fit into the memory that is free;
    /// <c>bytes</c>, bounds from a copy at a byte a number, the only memory that grows with the vectors (384 MB for a million of width 384), the files being read again only for
    /// what the bounds leave open; <c>auto</c> (default), bytes when the vectors take more than half of the memory this process may have. The rows chosen are the same.
    /// </summary>
    [AllowedValues("auto", "full", "bytes")]
    public string Bounds { get; init; } = "auto";

    /// <summary>
    /// Name of an earlier step whose rows count as chosen already: each pick is then the row farthest from them and from the picks before it, and <see cref="Count"/> counts
    /// the new rows only. Without it the second greedy selection of MoDS, made from the same rows, would begin with the very rows that are seeds. Default empty: none.
    /// </summary>
    public string Beside { get; init; } = "";
}
