using System.ComponentModel.DataAnnotations;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="KCenterStep"/>.</summary>
public sealed class KCenterStepOptions
{
    /// <summary>Rows to choose in all, the start rows included. Required.</summary>
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
}
