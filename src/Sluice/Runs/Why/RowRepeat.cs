namespace Sluice.Runs.Why;

/// <summary>The earlier row that a row repeats.</summary>
/// <param name="Row">The earlier row.</param>
/// <param name="Id">Its id.</param>
/// <param name="Similarity">1 when they are equal but for case, white space and the like; else the Jaccard index of their word shingles.</param>
/// <param name="Limit">The least index at which a row counts as a repeat; null where the pool does not tell.</param>
/// <param name="Fate">What became of the earlier row, as the end of a sentence; empty without an output.</param>
internal sealed record RowRepeat(long Row, string Id, double Similarity, double? Limit, string Fate);
