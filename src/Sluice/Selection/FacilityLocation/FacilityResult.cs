namespace Sluice.Selection.FacilityLocation;

/// <summary>The chosen rows.</summary>
/// <param name="Order">Row indices in the order chosen. Every prefix is the answer for that smaller count.</param>
/// <param name="Gains">What each added to the sum, over all rows, of the similarity to the nearest chosen row. Never rises.</param>
/// <param name="Evaluations">Gains that were computed row by row, of the count x rows that the plain greedy computes.</param>
internal sealed record FacilityResult(int[] Order, double[] Gains, long Evaluations)
{
    /// <summary>Choices after which all gains came from lists of near pairs; -1 (the default) when that never paid or the lists did not fit.</summary>
    public int ListedAfter { get; init; } = -1;
}
