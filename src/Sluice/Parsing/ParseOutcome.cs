using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>What became of a raw row: a sample, or the reason why not.</summary>
/// <param name="Sample">The parsed row, or null.</param>
/// <param name="Reason">Why it was refused, or null.</param>
public readonly record struct ParseOutcome(Sample? Sample, string? Reason);
