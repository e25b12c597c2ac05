namespace Sluice.Sinks.Diff;

/// <summary>A row that is in one of the outputs alone.</summary>
/// <param name="Id">Its id, <c>file#number</c>.</param>
/// <param name="Rank">Its first rank (0-based) in the output that holds it.</param>
/// <param name="In">What it was chosen with there: its category, scores and the figures of steps.</param>
/// <param name="Out">Why the other output does not hold it.</param>
/// <param name="Text">The beginning of what it says.</param>
internal sealed record DiffRow(string Id, long Rank, string In, string Out, string Text);
