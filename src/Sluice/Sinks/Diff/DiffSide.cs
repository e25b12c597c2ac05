namespace Sluice.Sinks.Diff;

/// <summary>One of the two outputs, as its <c>run.json</c> tells it.</summary>
/// <param name="Path">The directory as the user named it.</param>
/// <param name="Name">Name of the run.</param>
/// <param name="Candidates">Rows the recipe started from.</param>
/// <param name="Selected">Different rows chosen.</param>
/// <param name="Written">Lines written: more than rows where a curriculum repeats them.</param>
/// <param name="Steps">The recipe, in order.</param>
/// <param name="Waiting">What the recipe waits for; null when it ran to its end.</param>
internal sealed record DiffSide(string Path, string Name, long Candidates, long Selected, long Written, IReadOnlyList<DiffStep> Steps, string? Waiting);
