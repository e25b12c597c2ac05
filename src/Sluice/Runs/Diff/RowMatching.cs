namespace Sluice.Runs.Diff;

/// <summary>Which chosen rows of two outputs are the same.</summary>
internal sealed class RowMatching
{
    /// <summary>Rows in both: their places in the first and in the second selection, by rank in the second.</summary>
    public List<(int Before, int After)> Stayed { get; } = [];

    /// <summary>Places in the second selection of rows that the first does not hold, by rank.</summary>
    public List<int> Entered { get; } = [];

    /// <summary>Places in the first selection of rows that the second does not hold, by rank.</summary>
    public List<int> Left { get; } = [];

    /// <summary>Rows of the first that cannot be compared.</summary>
    public int DoubtfulBefore { get; private set; }

    /// <summary>Rows of the second that cannot be compared.</summary>
    public int DoubtfulAfter { get; private set; }

    /// <summary>Matches the rows by file and number.</summary>
    public static RowMatching Of(Selection before, Selection after, FilePairs files)
    {
        RowMatching matching = new();
        for (int place = 0; place < after.Keys.Length; place++)
        {
            int other = Find(after, place, files.BeforeOf, before);
            if (other >= 0)
            {
                matching.Stayed.Add((other, place));
            }
            else if (other == FilePairs.Absent)
            {
                matching.Entered.Add(place);
            }
            else
            {
                matching.DoubtfulAfter++;
            }
        }

        for (int place = 0; place < before.Keys.Length; place++)
        {
            int other = Find(before, place, files.AfterOf, after);
            if (other == FilePairs.Absent)
            {
                matching.Left.Add(place);
            }
            else if (other == FilePairs.Doubtful)
            {
                matching.DoubtfulBefore++;
            }
        }

        return matching;
    }

    // Place in the other selection; absent or doubtful otherwise.
    private static int Find(Selection from, int place, IReadOnlyList<int> partners, Selection other)
    {
        long key = from.Keys[place];
        int file = partners[RowKeys.File(key)];
        if (file == FilePairs.Doubtful || from.Collided.Contains(key))
        {
            return FilePairs.Doubtful;
        }

        if (file == FilePairs.Absent)
        {
            return FilePairs.Absent;
        }

        long there = RowKeys.In(file, key);
        return other.Collided.Contains(there) ? FilePairs.Doubtful : other.Places.TryGetValue(there, out int found) ? found : FilePairs.Absent;
    }
}
