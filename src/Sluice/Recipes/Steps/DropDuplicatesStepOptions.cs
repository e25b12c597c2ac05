using System.ComponentModel.DataAnnotations;
using Sluice.Configuration;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="DropDuplicatesStep"/>.</summary>
public sealed class DropDuplicatesStepOptions
{
    /// <summary>The column of vectors. Default <c>embedding</c>.</summary>
    public string Column { get; init; } = PoolColumns.Embedding;

    /// <summary>A row is dropped when its cosine similarity to a row kept before it is strictly above this; 0.95 finds rewordings with most embedders. Required.</summary>
    [Range(-1.0, 1.0)]
    [OptionHint(Required = true)]
    public double? MaxSimilarity { get; init; }

    /// <summary>What becomes of a row whose vector is all zeros and so resembles nothing: <c>keep</c> (default) or <c>drop</c>.</summary>
    [AllowedValues("keep", "drop")]
    public string ZeroVectors { get; init; } = "keep";
}
