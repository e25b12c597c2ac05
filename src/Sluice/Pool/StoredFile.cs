namespace Sluice.Pool;

/// <summary>A file that the ledger vouches for.</summary>
/// <param name="Name">Name inside the segment's folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Lower-case hex digest of its bytes.</param>
public sealed record StoredFile(string Name, long Bytes, string Sha256);
