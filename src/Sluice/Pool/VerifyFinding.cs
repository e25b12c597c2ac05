namespace Sluice.Pool;

/// <summary>Something that is not as the ledger or the manifest says.</summary>
/// <param name="Path">The file.</param>
/// <param name="Problem">What is off: found and expected.</param>
/// <param name="Segment">The segment that it is part of and that must be done again; null for other files.</param>
public sealed record VerifyFinding(string Path, string Problem, long? Segment = null);
