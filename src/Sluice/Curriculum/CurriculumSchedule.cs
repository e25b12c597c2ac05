namespace Sluice.Curriculum;

/// <summary>
/// DT-CSFT, the dependency-taxonomy curriculum of "Beyond IID" (arXiv 2409.07045; <c>curriculum_data_gen.py</c> of its release): three epochs over the same rows, base
/// categories more often in the first, dependent ones more often in the last. A trainer reads the three blocks one after the other, once, without shuffling.
/// </summary>
internal static class CurriculumSchedule
{
    /// <summary>From this many rows on the default shift is a twentieth, below it a tenth.</summary>
    public const int LargeFrom = 50_000;

    // The small excess keeps 1000 x 0.03 at 30 whichever way the product rounds.
    private const double Excess = 1e-9;

    /// <summary>Rows that the first epoch doubles and holds out: <c>N / 10</c>, or <c>N / 20</c> from 50,000 rows, rounded down; or the given share of the rows.</summary>
    /// <param name="rows">Rows in all groups.</param>
    /// <param name="share">Share of the rows, 0 to 1; null for the published rule.</param>
    public static int Shift(int rows, double? share) => share is { } given
        ? (int)((rows * given) + Excess)
        : rows / (rows < LargeFrom ? 10 : 20);

    /// <summary>
    /// The three blocks of rows. With B, M and D the shuffled groups and d the shift: the first is B + B[..d] + M + D[..^d], the second B + M + D, the third N rows drawn without
    /// replacement from B[d..] + M + D + D[^d..], each in random order. Throws <see cref="InvalidDataException"/> where <see cref="WhenSmall.Published"/> meets groups too small
    /// to fill the third block.
    /// </summary>
    /// <param name="rows">The rows by group.</param>
    /// <param name="shift">Rows to shift (d), 0 or more.</param>
    /// <param name="whenSmall">What to do where a group has fewer rows than that.</param>
    /// <param name="seed">The same seed gives the same order.</param>
    public static IReadOnlyList<long[]> Build(CurriculumRows rows, int shift, WhenSmall whenSmall, int seed)
    {
        SeededShuffle random = new((ulong)seed);
        long[] early = [.. rows.Base];
        long[] middle = [.. rows.Middle];
        long[] late = [.. rows.Dependent];
        random.Apply<long>(early);
        random.Apply<long>(middle);
        random.Apply<long>(late);
        (int front, int heldOut, int back) = Parts(early.Length, late.Length, shift, whenSmall);
        long[] first = [.. early, .. early[..front], .. middle, .. late[..^heldOut]];
        long[] second = [.. early, .. middle, .. late];
        long[] third = [.. early[front..], .. middle, .. late, .. late[^back..]];
        if (third.Length < rows.Count)
        {
            throw new InvalidDataException(
                $"The third epoch is to hold {rows.Count} rows, but only {third.Length} are there for it: {front} of {early.Length} base rows are left out and {late.Length} dependent rows cannot stand in for them. "
                + "Take WhenSmall \"clamp\", which shifts fewer rows, or name more dependent categories.");
        }

        random.Apply<long>(first);
        random.Apply<long>(second);
        random.Apply<long>(third);
        return [first, second, third[..rows.Count]];
    }

    /// <summary>Rows that are in fact shifted: <paramref name="shift"/>, or what the smaller of the two groups has.</summary>
    public static int Clamped(CurriculumRows rows, int shift) => Math.Min(shift, Math.Min(rows.Base.Count, rows.Dependent.Count));

    private static (int Front, int HeldOut, int Back) Parts(int early, int late, int shift, WhenSmall whenSmall)
    {
        if (whenSmall == WhenSmall.Clamp)
        {
            int clamped = Math.Min(shift, Math.Min(early, late));
            return (clamped, clamped, clamped);
        }

        // Python's slices: D[:-d] and D[-d:] with d = 0 are nothing and everything, and no slice is longer than its list.
        int back = shift == 0 ? late : Math.Min(shift, late);
        return (Math.Min(shift, early), back, back);
    }
}
