namespace Sluice.Host.Cli;

/// <summary>What the common options of one call say.</summary>
/// <param name="Sets">Configuration overrides, <c>Key=value</c> each.</param>
/// <param name="Work">Work directory, or null.</param>
/// <param name="Out">Output directory, or null.</param>
/// <param name="Fresh">Forget an earlier run.</param>
/// <param name="Quiet">Say nothing but errors.</param>
/// <param name="Json">Speak JSON lines on stderr.</param>
internal sealed record CommonValues(IReadOnlyList<string> Sets, string? Work, string? Out, bool Fresh, bool Quiet, bool Json);
