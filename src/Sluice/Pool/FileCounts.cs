namespace Sluice.Pool;

/// <summary>What one segment took from one input file.</summary>
/// <param name="File">0-based index of the file in the plan.</param>
/// <param name="Counts">Rows by fate.</param>
public sealed record FileCounts(int File, RowCounts Counts);
