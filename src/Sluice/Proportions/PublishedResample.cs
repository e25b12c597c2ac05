using Sluice.Records;

namespace Sluice.Proportions;

/// <summary>
/// The resampling of the authors' released code, its evident slips mended: the sign of <c>w - alpha</c> makes a category one to delete from or one to add to; equal quotas move a
/// given part of the rows; which rows is random (or, where asked, the worst go and the best come).
/// </summary>
/// <remarks>
/// On purpose otherwise than the released code, which cannot run as it stands: no row comes twice (its source may hold rows that are there already); the choice is seeded; a
/// category short of source rows is refilled from those that still have some, not divided by the number of those that have not; a category of fewer than five rows is left alone
/// (<c>n - 5</c> was negative); one without source rows is passed over (it was an error); a product such as 100 x 0.29 is 29 (it was cut to 28); where every category to add to is
/// short the result is smaller (it was a division by zero).
/// </remarks>
internal static class PublishedResample
{
    private const int AlwaysKept = 5;

    /// <summary>Rows each category is to have. Categories of at most five rows are never cut, none is cut below five, and one source row is always left.</summary>
    /// <param name="incoming">Rows of each category that came in.</param>
    /// <param name="source">Rows of each category to draw from.</param>
    /// <param name="alpha">Importances; a category without any is left as it is, as the released code knows only those of the baseline.</param>
    /// <param name="weights">The optimiser's shares.</param>
    /// <param name="fraction">Part of all rows to move; the released code's default is 0.03.</param>
    public static int[] Counts(int[] incoming, int[] source, double[] alpha, double[] weights, double fraction)
    {
        // The small excess keeps 1000 x 0.03 at 30 whichever way the product rounds.
        int moved = (int)((incoming.Sum(n => (long)n) * fraction) + 1e-9);
        int[] delete = [.. Enumerable.Range(0, incoming.Length).Where(j => alpha[j] > 0 && alpha[j] > weights[j])];
        int[] add = [.. Enumerable.Range(0, incoming.Length).Where(j => alpha[j] > 0 && alpha[j] < weights[j])];
        int[] counts = [.. incoming];
        int removed = 0;
        foreach (int j in delete.Where(j => incoming[j] > AlwaysKept))
        {
            int quota = Math.Min(incoming[j] - AlwaysKept, moved / delete.Length);
            counts[j] -= quota;
            removed += quota;
        }

        if (add.Length == 0)
        {
            return counts;
        }

        int each = moved / add.Length;
        int shortage = Math.Abs(removed - add.Sum(j => Quota(source[j], each)));
        int open = add.Count(j => Quota(source[j], each) == each);
        int refill = open == 0 ? 0 : shortage / open;
        foreach (int j in add)
        {
            counts[j] += Quota(source[j], each + refill);
        }

        return counts;
    }

    /// <summary>Drops and adds rows, never a row twice. A category short of rows that are not there yet gets those there are.</summary>
    /// <param name="incoming">The rows so far, in order.</param>
    /// <param name="source">Rows to draw from.</param>
    /// <param name="counts">Rows wanted, a category each.</param>
    /// <param name="random">Chooses the rows; null for the worst to go and the best to come.</param>
    public static ResampleResult Apply(ReadOnlySpan<ResampleRow> incoming, ReadOnlySpan<ResampleRow> source, ReadOnlySpan<int> counts, Random? random)
    {
        List<ResampleRow>[] present = ProportionResample.Split(incoming, counts.Length);
        List<ResampleRow>[] candidates = ProportionResample.Split(source, counts.Length);
        RowSet taken = ProportionResample.SetFor(incoming, source);
        foreach (ResampleRow row in incoming)
        {
            taken.Add(row.Row);
        }

        RowSet dropped = ProportionResample.SetFor(incoming, []);
        List<int> added = [];
        for (int category = 0; category < counts.Length; category++)
        {
            int more = counts[category] - present[category].Count;
            foreach (ResampleRow row in Sample(present[category], -more, random, worstFirst: true))
            {
                dropped.Add(row.Row);
            }

            List<ResampleRow> fresh = [.. candidates[category].Where(row => taken.TryAdd(row.Row))];
            added.AddRange(Sample(fresh, more, random, worstFirst: false).Select(row => row.Row));
        }

        return ProportionResample.Result(incoming, dropped, [.. added]);
    }

    private static int Quota(int source, int wanted) => Math.Max(0, Math.Min(source - 1, wanted));

    private static ResampleRow[] Sample(List<ResampleRow> rows, int count, Random? random, bool worstFirst)
    {
        if (count <= 0)
        {
            return [];
        }

        ProportionResample.Order(rows, random);
        if (worstFirst && random is null)
        {
            rows.Reverse();
        }

        return [.. rows.Take(count)];
    }
}
