namespace Sluice.Curriculum;

/// <summary>
/// The two vocabularies of "Beyond IID" (arXiv 2409.07045) name some categories differently: the effect-equivalence figure (which the shipped tagger follows) and the curriculum
/// script. A name counts for its counterpart.
/// </summary>
internal static class CategoryAliases
{
    // Name in the figure -> name in the curriculum script. The last pair is our reading: each vocabulary has one category of common sense.
    private static readonly Dictionary<string, string> s_curriculum = new(StringComparer.Ordinal)
    {
        ["Algorithm Design"] = "Algorithm Analysis",
        ["Character Understanding"] = "Person Understanding",
        ["Humanities & Social Sciences QA"] = "Humanities, History, Philosophy and Sociology",
        ["Common Sense Reasoning"] = "Common Sense Understanding",
    };

    /// <summary>The pairs: the figure's name, then the curriculum script's.</summary>
    public static IReadOnlyDictionary<string, string> Pairs => s_curriculum;

    /// <summary>The one name that a category and its counterpart share: the curriculum script's, or the name itself where there is no counterpart.</summary>
    public static string Canonical(string category) => s_curriculum.GetValueOrDefault(category, category);
}
