using Sluice.Selection.TagCoverage;

namespace Sluice.Tests.Selection.TagCoverage;

/// <summary>Rows of tags for tests.</summary>
internal static class TagRows
{
    /// <summary>Rows whose tags are letters; tag 0 is <c>a</c>.</summary>
    public static TagSets Of(params string[] rows)
    {
        TagSetsBuilder builder = new();
        foreach (string row in rows)
        {
            foreach (char tag in row)
            {
                builder.Add(tag - 'a');
            }

            builder.EndRow();
        }

        return builder.Build(rows.Max(r => r.Length == 0 ? 0 : r.Max(t => t - 'a' + 1)));
    }

    /// <summary>Rows of up to <paramref name="most"/> tags, low tags more often than high ones.</summary>
    public static TagSets Random(Random random, int rows, int tags, int most)
    {
        TagSetsBuilder builder = new();
        for (int row = 0; row < rows; row++)
        {
            for (int i = random.Next(most + 1); i > 0; i--)
            {
                builder.Add((int)(tags * Math.Pow(random.NextDouble(), 2)));
            }

            builder.EndRow();
        }

        return builder.Build(tags);
    }
}
