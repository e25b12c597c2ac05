namespace Sluice.Benchmarks.Parsing;

/// <summary>What a reader found, so that it must have read it.</summary>
/// <param name="Rows">Rows it could use.</param>
/// <param name="Length">Length of their texts: ours in UTF-16 units, the database's in bytes.</param>
internal readonly record struct ReadTally(long Rows, long Length);
