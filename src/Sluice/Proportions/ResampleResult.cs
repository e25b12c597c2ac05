namespace Sluice.Proportions;

/// <summary>What became of the rows.</summary>
/// <param name="Kept">Incoming rows that stay, in the order they came in.</param>
/// <param name="Dropped">Incoming rows that go, in the order they came in.</param>
/// <param name="Added">Rows from the source, in the order chosen.</param>
internal sealed record ResampleResult(int[] Kept, int[] Dropped, int[] Added);
