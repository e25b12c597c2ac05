namespace Sluice.Recipes;

/// <summary>A row that a step left out.</summary>
/// <param name="Row">Pool row.</param>
/// <param name="Reason">Why, in one sentence with the row's own figures.</param>
public readonly record struct Drop(long Row, string Reason);
