namespace Sluice.Curriculum;

/// <summary>Which categories are base and which dependent; every other one is in the middle. Counterparts by <see cref="CategoryAliases"/> are the same category.</summary>
internal sealed class CategoryGroups
{
    private readonly Dictionary<string, CurriculumGroup> _groups = new(StringComparer.Ordinal);

    /// <summary>Makes the groups. Throws <see cref="ArgumentException"/> naming all categories that are in both lists.</summary>
    public CategoryGroups(IReadOnlyList<string> early, IReadOnlyList<string> late)
    {
        string[] both = [.. early.Where(e => late.Any(l => Same(e, l)))];
        if (both.Length > 0)
        {
            throw new ArgumentException($"Found {string.Join(", ", both.Select(b => $"'{b}'"))} among the base categories and the dependent ones, expected each category once.", nameof(late));
        }

        Base = early;
        Dependent = late;
        foreach (string category in early)
        {
            _groups[CategoryAliases.Canonical(category)] = CurriculumGroup.Base;
        }

        foreach (string category in late)
        {
            _groups[CategoryAliases.Canonical(category)] = CurriculumGroup.Dependent;
        }
    }

    /// <summary>The categories that the authors' curriculum script names: 8 base ones (code and mathematics) and 14 dependent ones.</summary>
    public static CategoryGroups Published { get; } = new(
        [
            "Java Programming", "Python Programming", "Mathematical Modeling", "Mathematical Reasoning", "Mathematical Calculation", "Arithmetic Calculation",
            "Algorithm Analysis", "Programming Ability",
        ],
        [
            "Humanities, History, Philosophy and Sociology", "Person Understanding", "Task Generation", "Information Provision", "Creativity and Design",
            "Common Sense Understanding", "Open Knowledge Q&A", "Education and Counseling", "Literary Creation and Art Knowledge", "Text Summarization", "Text Organization",
            "Communication and Social Media", "Knowledge Understanding", "Logical Organization",
        ]);

    /// <summary>The base categories, as named.</summary>
    public IReadOnlyList<string> Base { get; }

    /// <summary>The dependent categories, as named.</summary>
    public IReadOnlyList<string> Dependent { get; }

    /// <summary>The group of a category; a row without one (null) is in the middle.</summary>
    public CurriculumGroup Of(string? category) => category is null ? CurriculumGroup.Middle : _groups.GetValueOrDefault(CategoryAliases.Canonical(category), CurriculumGroup.Middle);

    /// <summary>The named categories that none of <paramref name="present"/> is, base ones first.</summary>
    public IReadOnlyList<string> Absent(IEnumerable<string> present)
    {
        HashSet<string> known = [.. present.Select(CategoryAliases.Canonical)];
        return [.. Base.Concat(Dependent).Where(c => !known.Contains(CategoryAliases.Canonical(c)))];
    }

    private static bool Same(string one, string other) => CategoryAliases.Canonical(one) == CategoryAliases.Canonical(other);
}
