namespace Sluice.Selection.TagCoverage;

/// <summary>A set of tags for each row: one flat array of tag numbers plus offsets. No row holds a tag twice.</summary>
/// <param name="offsets">Rows + 1 places in <paramref name="tags"/>, ascending from 0.</param>
/// <param name="tags">The rows' tags, each from 0 to <paramref name="count"/> - 1, one row after the other.</param>
/// <param name="count">How many tags there are.</param>
internal sealed class TagSets(int[] offsets, int[] tags, int count)
{
    /// <summary>Number of rows.</summary>
    public int Rows => offsets.Length - 1;

    /// <summary>How many tags there are; each stands in at least one row or was told to the builder.</summary>
    public int Tags => count;

    /// <summary>Tags of all rows together.</summary>
    public int Total => tags.Length;

    /// <summary>One row's tags, in the order given.</summary>
    public ReadOnlySpan<int> this[int row] => tags.AsSpan(offsets[row], offsets[row + 1] - offsets[row]);

    /// <summary>In how many of the rows each tag stands.</summary>
    public int[] Counts()
    {
        int[] counts = new int[count];
        foreach (int tag in tags)
        {
            counts[tag]++;
        }

        return counts;
    }

    /// <summary>The same rows with other tags: each tag becomes <paramref name="to"/> of it, a negative number leaves it out, and tags that become one count once.</summary>
    /// <param name="to">What each tag becomes.</param>
    /// <param name="different">How many tags there are then.</param>
    public TagSets Map(int[] to, int different)
    {
        TagSetsBuilder builder = new();
        for (int row = 0; row < Rows; row++)
        {
            foreach (int tag in this[row])
            {
                if (to[tag] >= 0)
                {
                    builder.Add(to[tag]);
                }
            }

            builder.EndRow();
        }

        return builder.Build(different);
    }
}
