namespace Sluice.Pool;

/// <summary>Something that is not as the ledger or the manifest says.</summary>
/// <param name="Path">The file.</param>
/// <param name="Problem">What is off: found and expected.</param>
public sealed record VerifyFinding(string Path, string Problem);
