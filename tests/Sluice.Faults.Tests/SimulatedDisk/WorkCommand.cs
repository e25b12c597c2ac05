namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>One command of a workload, given again until it has ended well.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Files">Input files by then.</param>
/// <param name="Version">Version of the models by then.</param>
/// <param name="Recipe">Which rows to choose, for <see cref="WorkVerb.Select"/>.</param>
internal sealed record WorkCommand(WorkVerb Verb, int Files, int Version, int Recipe = 0);
