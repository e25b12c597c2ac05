using Sluice.Recipes.Iteration;

namespace Sluice.Recipes.Steps;

/// <summary>Answers with the selection that an iteration made in an epoch, in the place of the <see cref="IfdStep"/> that began it.</summary>
/// <param name="state">The epoch.</param>
/// <param name="isWhole">Whether the rows that come in must be those of the iteration; else the others are dropped.</param>
internal sealed class EpochStep(IterationState state, bool isWhole) : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "Ifd";

    /// <inheritdoc/>
    public bool IsFilter => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => [];

    /// <inheritdoc/>
    public StepResult Apply(StepContext context, CancellationToken token)
    {
        HashSet<long> incoming = [.. context.Incoming];
        int missing = state.Rows.Count(row => !incoming.Contains(row));
        if (missing > 0 || (isWhole && incoming.Count != state.Rows.Length))
        {
            throw new RecipeException(
                $"The iteration began with {state.Rows.Length} rows, of which {missing} do not come in now ({incoming.Count} do). Undo the change of the recipe or the pool, or begin again (--fresh).");
        }

        return IterationResult.Of(state, context.Incoming);
    }
}
