using Sluice.Configuration;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="MergeStep"/>.</summary>
public sealed class MergeStepOptions
{
    /// <summary>The steps whose rows are put together, by name (<c>As</c>, else the step's own), in this order. At least two.</summary>
    [OptionHint(Required = true)]
    public IReadOnlyList<string> Of { get; init; } = [];
}
