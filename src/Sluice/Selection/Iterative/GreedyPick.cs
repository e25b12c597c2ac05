namespace Sluice.Selection.Iterative;

/// <summary>A document that was chosen.</summary>
/// <param name="Document">Its 0-based number.</param>
/// <param name="Diversity">The sum of its weights when it was chosen.</param>
/// <param name="Value">Its score times that sum.</param>
internal readonly record struct GreedyPick(int Document, double Diversity, double Value);
