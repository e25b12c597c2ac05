namespace Sluice.Sinks.Diff;

/// <summary>A step of a recipe and how far it came.</summary>
/// <param name="Name">What it is called in the recipe.</param>
/// <param name="Rows">Rows it kept.</param>
internal sealed record DiffStep(string Name, long Rows);
