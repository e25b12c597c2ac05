namespace Sluice.Sinks.Diff;

/// <summary>How far the rows that stayed moved in rank.</summary>
/// <param name="Same">Rows at the same rank in both.</param>
/// <param name="Median">Median distance of all rows that stayed, in ranks.</param>
/// <param name="Largest">The largest distance.</param>
/// <param name="LargestId">The row that moved so far; empty when none did.</param>
/// <param name="LargestFrom">Its rank in the first output.</param>
/// <param name="LargestTo">Its rank in the second.</param>
internal sealed record RankMoves(long Same, double Median, long Largest, string LargestId, long LargestFrom, long LargestTo);
