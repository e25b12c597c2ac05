namespace Sluice.Selection.TagCoverage;

/// <summary>What <see cref="ComplexityFirst"/> chose.</summary>
/// <param name="Order">The chosen rows, in the order of their choice.</param>
/// <param name="Round">By row the round (from 1) that takes it, were there no limit; 0 for rows without tags.</param>
/// <param name="Rounds">Rounds begun until the last row with tags was chosen.</param>
/// <param name="Untagged">Rows without tags.</param>
/// <param name="Exhausted">Whether fewer rows were chosen than asked for, because no more can be taken.</param>
internal sealed record ComplexityFirstResult(int[] Order, int[] Round, int Rounds, int Untagged, bool Exhausted);
