namespace Sluice.Sinks.Report.Facts;

/// <summary>Rows by category among the candidates and among the selected.</summary>
internal sealed class CategoryShares
{
    /// <summary>Stands for rows without a category.</summary>
    public const string Absent = "(no category)";

    private CategoryShares(IReadOnlyList<Category> categories)
    {
        Categories = categories;
        Candidates = categories.Sum(c => c.Before);
        Selected = categories.Sum(c => c.After);
    }

    /// <summary>The categories, largest among the candidates first.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>Rows before.</summary>
    public long Candidates { get; }

    /// <summary>Rows after.</summary>
    public long Selected { get; }

    /// <summary>Half the sum of all changes of shares: the share of rows that would have to change category.</summary>
    public double TotalVariation => Candidates == 0 || Selected == 0 ? double.NaN
        : Categories.Sum(c => Math.Abs(((double)c.After / Selected) - ((double)c.Before / Candidates))) / 2;

    /// <summary>Counts rows.</summary>
    public static CategoryShares Of(string?[] categories, RowFates fates)
    {
        Dictionary<string, (long Before, long After)> counts = new(StringComparer.Ordinal);
        for (int row = 0; row < categories.Length; row++)
        {
            if (fates[row] != RowFates.NoCandidate)
            {
                string name = string.IsNullOrEmpty(categories[row]) ? Absent : categories[row]!;
                (long before, long after) = counts.GetValueOrDefault(name);
                counts[name] = (before + 1, after + (fates[row] == RowFates.Selected ? 1 : 0));
            }
        }

        return new CategoryShares([.. counts.Select(c => new Category(c.Key, c.Value.Before, c.Value.After))
            .OrderByDescending(c => c.Before).ThenBy(c => c.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The first <paramref name="count"/> categories; where there are more, the rest as one.</summary>
    public IReadOnlyList<Category> Largest(int count) => Categories.Count <= count ? Categories :
    [
        .. Categories.Take(count - 1),
        new Category($"({Figures.Count(Categories.Count - count + 1)} others)", Categories.Skip(count - 1).Sum(c => c.Before), Categories.Skip(count - 1).Sum(c => c.After)),
    ];

    /// <summary>One category.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Before">Rows among the candidates.</param>
    /// <param name="After">Rows among the selected.</param>
    public readonly record struct Category(string Name, long Before, long After);
}
