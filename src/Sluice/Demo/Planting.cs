namespace Sluice.Demo;

/// <summary>What was planted in a row.</summary>
/// <param name="Kind">Kind of the planting.</param>
/// <param name="Of">For a duplicate, the 1-based number of the row it repeats; else 0.</param>
/// <param name="Poor">For a poor answer, how.</param>
/// <param name="Broken">For a broken row, how.</param>
internal readonly record struct Planting(PlantedKind Kind, long Of = 0, PoorKind Poor = default, BrokenKind Broken = default);
