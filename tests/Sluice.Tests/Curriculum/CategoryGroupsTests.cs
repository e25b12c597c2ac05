using System.Text.Json.Nodes;
using Sluice.Curriculum;

namespace Sluice.Tests.Curriculum;

public sealed class CategoryGroupsTests
{
    [Fact]
    public void Of_EveryLabelOfTheTagger_FallsIntoItsGroup()
    {
        string[] labels = [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Models, "tagger", "manifest.json")))!["labels"]!.AsArray().Select(l => (string)l!)];

        Assert.Equal(28, labels.Length);
        Assert.Equal(
            ["Mathematical Modeling", "Programming Ability", "Mathematical Reasoning", "Mathematical Calculation", "Java Programming", "Python Programming", "Algorithm Design"],
            labels.Where(l => CategoryGroups.Published.Of(l) == CurriculumGroup.Base));
        Assert.Equal(
            [
                "Text Summarization", "Open Knowledge Q&A", "Character Understanding", "Communication and Social Media", "Knowledge Understanding", "Common Sense Reasoning",
                "Creativity and Design", "Humanities & Social Sciences QA",
            ],
            labels.Where(l => CategoryGroups.Published.Of(l) == CurriculumGroup.Dependent));
        Assert.Equal(
            [
                "Academic Writing", "Story Understanding", "Multi-turn Dialogue", "STEM Knowledge", "Natural Language Understanding", "Concept Understanding", "Event Understanding",
                "Sentiment Analysis", "Information Extraction", "Knowledge Reasoning", "Translation", "Text Classification", "String Processing",
            ],
            labels.Where(l => CategoryGroups.Published.Of(l) == CurriculumGroup.Middle));
    }

    [Fact]
    public void Published_Lists_AreThoseOfThePaper()
    {
        Assert.Equal(8, CategoryGroups.Published.Base.Count);
        Assert.Equal(14, CategoryGroups.Published.Dependent.Count);
        Assert.All(CategoryAliases.Pairs.Values, name => Assert.Contains(name, CategoryGroups.Published.Base.Concat(CategoryGroups.Published.Dependent)));
        Assert.Equal(CurriculumGroup.Middle, CategoryGroups.Published.Of(null));
    }

    [Fact]
    public void Absent_NamedCategoriesWithoutRows_AreListedAndCounterpartsCount()
    {
        CategoryGroups groups = new(["Algorithm Analysis", "Cobol"], ["Person Understanding", "Task Generation"]);

        Assert.Equal(["Cobol", "Task Generation"], groups.Absent(["Algorithm Design", "Character Understanding", "Translation"]));
        Assert.Equal(CurriculumGroup.Dependent, groups.Of("Character Understanding"));
    }

    [Fact]
    public void Groups_CategoryInBothListsUnderTwoNames_IsRefused()
    {
        string message = Assert.Throws<ArgumentException>(() => new CategoryGroups(["Algorithm Design"], ["Algorithm Analysis"])).Message;
        Assert.Contains("'Algorithm Design'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Taxonomy_TakesTheTwoLists()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.json"], """{ "base": ["a"], "intermediate": ["b"], "dependent": ["c", "d"], "edges": [] }""");
        CategoryGroups groups = TaxonomyFile.Read(folder["t.json"]);

        Assert.Equal(
            [CurriculumGroup.Base, CurriculumGroup.Middle, CurriculumGroup.Dependent, CurriculumGroup.Middle],
            new[] { "a", "b", "d", "other" }.Select(groups.Of));
    }

    [Theory]
    [InlineData("{", "is no JSON")]
    [InlineData("[]", "no list of texts under 'base'")]
    [InlineData("{\"base\": [1], \"dependent\": []}", "no list of texts under 'base'")]
    [InlineData("{\"base\": [\"a\"]}", "no list of texts under 'dependent'")]
    [InlineData("{\"base\": [\"a\"], \"dependent\": [\"a\"]}", "'a' among the base categories and the dependent ones")]
    public void Read_Mistake_SaysFileAndWhatIsExpected(string text, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.json"], text);
        string message = Assert.Throws<InvalidDataException>(() => TaxonomyFile.Read(folder["t.json"])).Message;

        Assert.Contains("t.json", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
