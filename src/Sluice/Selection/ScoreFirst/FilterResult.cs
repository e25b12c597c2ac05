namespace Sluice.Selection.ScoreFirst;

/// <summary>What the filter decided; places count from 0 in the order the rows were given.</summary>
/// <param name="Kept">Places of the kept rows, in order.</param>
/// <param name="Nearest">For each kept row its highest measure against the rows kept before it; NaN where there is none to compare with.</param>
/// <param name="Blockers">For each row looked at: <see cref="IsKept"/>, <see cref="IsZero"/>, or the place of the first row it was dropped for.</param>
/// <param name="Values">For each row dropped for another: their measure; 0 otherwise.</param>
internal sealed record FilterResult(int[] Kept, float[] Nearest, int[] Blockers, float[] Values)
{
    /// <summary>In <see cref="Blockers"/>: the row is kept.</summary>
    public const int IsKept = -1;

    /// <summary>In <see cref="Blockers"/>: the row was dropped as its vector is zero.</summary>
    public const int IsZero = -2;

    /// <summary>Rows looked at before enough were kept.</summary>
    public int Scanned => Blockers.Length;
}
