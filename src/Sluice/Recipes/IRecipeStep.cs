namespace Sluice.Recipes;

/// <summary>
/// One step of a recipe: maps ranked candidates and columns to ranked candidates. Deterministic: ties go to the lowest row.
/// </summary>
public interface IRecipeStep
{
    /// <summary>Name as in recipes, such as <c>KCenter</c>.</summary>
    string Name { get; }

    /// <summary>Whether the step refuses rows by their own values (a filter): rows it drops are no longer eligible for a later step that draws additions.</summary>
    bool IsFilter { get; }

    /// <summary>Columns of the pool that the step reads; checked before the first step runs.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Applies the step. Throws <see cref="RecipeException"/> when the data make the step impossible, with the remedy.</summary>
    StepResult Apply(StepContext context, CancellationToken token);
}
