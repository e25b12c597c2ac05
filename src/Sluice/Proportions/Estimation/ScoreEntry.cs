namespace Sluice.Proportions.Estimation;

/// <summary>One measured score and where it stands.</summary>
/// <param name="Line">1-based line number.</param>
/// <param name="Trained">The category added to the base set, or <see cref="MeasuredScores.Base"/>.</param>
/// <param name="Target">The category evaluated.</param>
/// <param name="Slice">The slice of its evaluation.</param>
/// <param name="Score">The score.</param>
internal sealed record ScoreEntry(int Line, string Trained, string Target, string Slice, double Score);
