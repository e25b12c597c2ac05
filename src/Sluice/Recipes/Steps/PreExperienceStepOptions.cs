using System.ComponentModel.DataAnnotations;
using Sluice.Configuration;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="PreExperienceStep"/>: Cherry, arXiv 2308.12032.</summary>
public sealed class PreExperienceStepOptions
{
    /// <summary>The column of vectors to cluster. Default <c>embedding</c>.</summary>
    public string Column { get; init; } = PoolColumns.Embedding;

    /// <summary>The column of numbers whose middle is taken: the perplexity of the instruction under the base model. Required.</summary>
    [OptionHint(Required = true)]
    public string Confidence { get; init; } = "";

    /// <summary>Clusters. Default 100.</summary>
    [Range(1, 65_536)]
    public int Clusters { get; init; } = 100;

    /// <summary>Rows to take from each cluster. Default 10.</summary>
    [Range(1, int.MaxValue)]
    public int Each { get; init; } = 10;

    /// <summary>Lower percentile of the cluster's confidences, included. Default 25.</summary>
    [Range(0.0, 100.0)]
    public double Low { get; init; } = 25;

    /// <summary>Upper percentile of the cluster's confidences, included. Default 75.</summary>
    [Range(0.0, 100.0)]
    public double High { get; init; } = 75;

    /// <summary>Decides the first centres. Default 0, the reference's; its clusters are scikit-learn's and can differ.</summary>
    public int Seed { get; init; }
}
