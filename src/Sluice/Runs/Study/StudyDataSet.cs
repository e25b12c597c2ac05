namespace Sluice.Runs.Study;

/// <summary>One data set of a study: the base rows, and rows of one category behind them.</summary>
/// <param name="Category">The category added; null for the base set itself.</param>
/// <param name="File">Its file name.</param>
/// <param name="Added">Pool rows added, ascending.</param>
internal sealed record StudyDataSet(string? Category, string File, IReadOnlyList<long> Added)
{
    /// <summary>How scores call the model tuned on it.</summary>
    public string Trained => Category ?? Proportions.Estimation.MeasuredScores.Base;
}
