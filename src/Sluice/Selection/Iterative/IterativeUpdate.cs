namespace Sluice.Selection.Iterative;

/// <summary>A new order.</summary>
/// <param name="Order">All rows: the picked ones, then the ineligible ones, then the others that took part by score, then those that did not take part.</param>
/// <param name="Picks">The picked ones with what they were worth, in order; the diversity is NaN where it did not count.</param>
/// <param name="Ineligible">Rows that took part and score 1 or more, or nothing.</param>
/// <param name="Unscored">Those of them without a score.</param>
internal sealed record IterativeUpdate(int[] Order, IReadOnlyList<GreedyPick> Picks, int Ineligible, int Unscored);
