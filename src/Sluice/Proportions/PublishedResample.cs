namespace Sluice.Proportions;

/// <summary>
/// The resampling of the authors' released code, its evident slips mended: the sign of <c>w - alpha</c> makes a category one to delete from or one to add to; equal quotas move a
/// given part of the rows; which rows is random.
/// </summary>
internal static class PublishedResample
{
    private const int AlwaysKept = 5;

    /// <summary>Rows each category is to have. Categories of at most five rows are never cut, none is cut below five, and one source row is always left.</summary>
    /// <param name="incoming">Rows of each category that came in.</param>
    /// <param name="source">Rows of each category to draw from.</param>
    /// <param name="alpha">Importances.</param>
    /// <param name="weights">The optimiser's shares.</param>
    /// <param name="fraction">Part of all rows to move; the released code's default is 0.03.</param>
    public static int[] Counts(int[] incoming, int[] source, double[] alpha, double[] weights, double fraction)
    {
        // The small excess keeps 1000 x 0.03 at 30 whichever way the product rounds.
        int moved = (int)((incoming.Sum(n => (long)n) * fraction) + 1e-9);
        int[] delete = [.. Enumerable.Range(0, incoming.Length).Where(j => alpha[j] > weights[j])];
        int[] add = [.. Enumerable.Range(0, incoming.Length).Where(j => alpha[j] < weights[j])];
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

    /// <summary>Drops and adds rows at random, never a row twice. A category short of rows that are not there yet gets those there are.</summary>
    public static ResampleResult Apply(ReadOnlySpan<ResampleRow> incoming, ReadOnlySpan<ResampleRow> source, ReadOnlySpan<int> counts, Random random)
    {
        List<ResampleRow>[] present = ProportionResample.Split(incoming, counts.Length);
        List<ResampleRow>[] candidates = ProportionResample.Split(source, counts.Length);
        HashSet<int> taken = [];
        foreach (ResampleRow row in incoming)
        {
            _ = taken.Add(row.Row);
        }

        HashSet<int> dropped = [];
        List<int> added = [];
        for (int category = 0; category < counts.Length; category++)
        {
            int more = counts[category] - present[category].Count;
            foreach (ResampleRow row in Sample(present[category], -more, random))
            {
                _ = dropped.Add(row.Row);
            }

            List<ResampleRow> fresh = [.. candidates[category].Where(row => taken.Add(row.Row))];
            added.AddRange(Sample(fresh, more, random).Select(row => row.Row));
        }

        return ProportionResample.Result(incoming, dropped, [.. added]);
    }

    private static int Quota(int source, int wanted) => Math.Max(0, Math.Min(source - 1, wanted));

    private static ResampleRow[] Sample(List<ResampleRow> rows, int count, Random random)
    {
        if (count <= 0)
        {
            return [];
        }

        ResampleRow[] shuffled = [.. rows];
        random.Shuffle(shuffled);
        return shuffled[..Math.Min(count, shuffled.Length)];
    }
}
