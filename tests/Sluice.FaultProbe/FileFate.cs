namespace Sluice.FaultProbe;

/// <summary>What came of one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="PlanError">Why it was refused before reading, or null.</param>
/// <param name="Rows">Rows that were framed.</param>
/// <param name="Rejects">Rows that were not.</param>
/// <param name="Reason">Why the first of those was not, or null.</param>
/// <param name="Kept">Bytes kept of the first of those.</param>
/// <param name="Digests">SHA-256 of all rows so far, a line break after each, at every so many rows and at the end.</param>
/// <param name="Escaped">The exception that escaped, or null.</param>
/// <param name="PeakBytes">Most memory that the process has held so far.</param>
public sealed record FileFate(
    string Path, string? PlanError, long Rows, long Rejects, string? Reason, int Kept, IReadOnlyList<string> Digests, string? Escaped, long PeakBytes);
