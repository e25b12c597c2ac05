namespace Sluice.Recipes;

/// <summary>A step that a recipe may name.</summary>
/// <param name="Options">The class of its options.</param>
/// <param name="Create">Makes the step from its entry in the recipe; null after a mistake.</param>
internal sealed record StepKind(Type Options, Func<StepReading, IRecipeStep?> Create);
