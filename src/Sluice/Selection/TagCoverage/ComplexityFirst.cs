namespace Sluice.Selection.TagCoverage;

/// <summary>
/// Complexity-first diverse sampling: InsTag, arXiv 2308.07074, algorithm 1. Rows are sorted by their number of tags, most first, ties by row. A round walks the rows not
/// yet taken in that order and takes each that has a tag which the round has not seen; rounds follow each other until enough rows are taken. A row without tags adds
/// nothing, so no round takes it.
/// </summary>
internal static class ComplexityFirst
{
    /// <summary>Chooses rows. Ties go to the lowest row.</summary>
    /// <param name="sets">The rows' tags.</param>
    /// <param name="count">Rows to choose, at least 1; fewer are chosen when no more can be taken.</param>
    /// <param name="untaggedLast">Whether rows without tags follow, lowest row first, when all others are taken. The published algorithm never takes them.</param>
    /// <param name="token">Stops between steps of the work.</param>
    public static ComplexityFirstResult Run(TagSets sets, int count, bool untaggedLast, CancellationToken token)
    {
        int[] order = BySize(sets);
        token.ThrowIfCancellationRequested();
        int[] round = Rounds(sets, order);
        token.ThrowIfCancellationRequested();
        int[] taken = ByRound(order, round);
        int tagged = Math.Min(count, taken.Length);
        int rounds = tagged > 0 ? round[taken[tagged - 1]] : 0;
        List<int> chosen = [.. taken.AsSpan(0, tagged)];
        for (int row = 0; untaggedLast && row < sets.Rows && chosen.Count < count; row++)
        {
            if (sets[row].Length == 0)
            {
                chosen.Add(row);
            }
        }

        return new ComplexityFirstResult([.. chosen], round, rounds, sets.Rows - taken.Length, chosen.Count < count);
    }

    // Rows with tags, most tags first, ties by row: a counting sort, which is stable.
    private static int[] BySize(TagSets sets)
    {
        int largest = 0;
        for (int row = 0; row < sets.Rows; row++)
        {
            largest = Math.Max(largest, sets[row].Length);
        }

        return Sorted(Enumerable.Range(0, sets.Rows).Where(row => sets[row].Length > 0), row => largest - sets[row].Length, largest);
    }

    /// <summary>
    /// The round (from 1) that takes each row, in one pass instead of one a round. Let next[t] be the number of the first round that has not seen tag t when the walk comes
    /// to a row. The row is taken by the first round in which one of its tags is new, that is by r = min next[t] over its tags; every tag with next[t] = r is then seen by
    /// round r as well, and the others have been seen by it before. So the rounds that have seen a tag are always 1 to next[t] - 1 without a gap, and a counter holds them.
    /// </summary>
    private static int[] Rounds(TagSets sets, int[] order)
    {
        int[] round = new int[sets.Rows];
        int[] next = new int[sets.Tags];
        Array.Fill(next, 1);
        foreach (int row in order)
        {
            int first = int.MaxValue;
            foreach (int tag in sets[row])
            {
                first = Math.Min(first, next[tag]);
            }

            foreach (int tag in sets[row])
            {
                next[tag] += next[tag] == first ? 1 : 0;
            }

            round[row] = first;
        }

        return round;
    }

    private static int[] ByRound(int[] order, int[] round) => Sorted(order, row => round[row], order.Length);

    private static int[] Sorted(IEnumerable<int> rows, Func<int, int> key, int largest)
    {
        int[] start = new int[largest + 2];
        int total = 0;
        foreach (int row in rows)
        {
            start[key(row) + 1]++;
            total++;
        }

        for (int i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        int[] sorted = new int[total];
        foreach (int row in rows)
        {
            sorted[start[key(row)]++] = row;
        }

        return sorted;
    }
}
