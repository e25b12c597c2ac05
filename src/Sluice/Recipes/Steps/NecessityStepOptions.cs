using System.ComponentModel.DataAnnotations;
using Sluice.Configuration;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="NecessityStep"/>: MoDS, arXiv 2311.15653, stage 3.</summary>
public sealed class NecessityStepOptions
{
    /// <summary>The score of the tuned model's own response to the row's question. Default <c>necessity</c>.</summary>
    public string Column { get; init; } = PoolColumns.Necessity;

    /// <summary>The limit beta: rows strictly below it are necessary (<c>necessity-instruction-extraction.py</c>). Required.</summary>
    [OptionHint(Required = true)]
    public double? Below { get; init; }

    /// <summary>
    /// What to do when the pool has no such column yet: <c>wait</c> (default) ends the recipe with what the steps before it chose, the seeds to tune the model on, and says what
    /// comes next; <c>fail</c> is an error.
    /// </summary>
    [AllowedValues("wait", "fail")]
    public string WhenAbsent { get; init; } = "wait";
}
