namespace Sluice.Sources;

/// <summary>The files of a run, or every reason why it cannot start.</summary>
/// <param name="Files">In order of the sources, then by ordinal path; complete only when <paramref name="Errors"/> is empty.</param>
/// <param name="Errors">Every mistake found, in order of the sources.</param>
public sealed record SourcePlan(IReadOnlyList<SourceFile> Files, IReadOnlyList<SourceError> Errors);
