namespace Sluice.Recipes;

/// <summary>A step with its place in the recipe: the name of its answer, and the earlier answer it starts from.</summary>
/// <param name="inner">The step.</param>
/// <param name="label">Name of its answer; empty for the step's own.</param>
/// <param name="from">Name of the answer whose rows come in; empty for those of the step before.</param>
internal sealed class PlacedStep(IRecipeStep inner, string label, string from) : IRecipeStep
{
    /// <summary>The step itself.</summary>
    public IRecipeStep Inner => inner;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>Another step at the same place.</summary>
    public PlacedStep With(IRecipeStep other) => new(other, label, from);

    /// <summary>The name under which later steps refer to what this one keeps.</summary>
    public string Label => label.Length > 0 ? label : inner.Name;

    /// <summary>The earlier answer whose rows come in; empty for those of the step before.</summary>
    public string From => from;

    /// <inheritdoc/>
    public bool IsFilter => inner.IsFilter;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => inner.Columns;

    /// <inheritdoc/>
    public StepResult Apply(StepContext context, CancellationToken token) => inner.Apply(context, token);
}
