namespace Sluice.Proportions;

/// <summary>A row that may be dropped or added.</summary>
/// <param name="Row">0-based row of the pool.</param>
/// <param name="Category">0-based category.</param>
/// <param name="Quality">Its score, higher is better; NaN (no score) counts as lowest.</param>
internal readonly record struct ResampleRow(int Row, int Category, double Quality);
