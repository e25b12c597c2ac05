namespace Sluice.Selection.KCenter;

/// <summary>The chosen rows with their certificate.</summary>
/// <param name="Order">Row indices in the order chosen, start rows first. Every prefix is the answer for that smaller count.</param>
/// <param name="Radius">For each row after the start rows: the largest distance of any row to its nearest chosen row, before it was chosen. Never rises.</param>
/// <param name="RadiusEnd">The same after the last choice: how far any row is, at most, from the chosen ones.</param>
/// <param name="Exhausted">Only repeats of chosen rows were left: the choice stopped early or was filled up.</param>
internal sealed record KCenterResult(int[] Order, double[] Radius, double RadiusEnd, bool Exhausted)
{
    /// <summary>Pairs of rows measured exactly because their bound left it open which is nearer, the first centre's pass over all rows aside. A figure about the work, not the answer.</summary>
    public long Confirmed { get; init; }

    /// <summary>
    /// No choice of as many centres has a smaller radius than this: <see cref="RadiusEnd"/> / 2. The chosen rows and the one that would be next lie pairwise at
    /// least <see cref="RadiusEnd"/> apart, and two of these share a centre (Gonzalez 1985, Clustering to minimize the maximum intercluster distance). With several start
    /// rows, which may lie close together, it bounds the choices that contain them all.
    /// </summary>
    public double LowerBound => RadiusEnd / 2;
}
