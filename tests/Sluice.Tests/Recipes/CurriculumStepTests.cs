using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Sluice.Clp;
using Sluice.Configuration;
using Sluice.Curriculum;
using Sluice.Recipes;
using Sluice.Records;

namespace Sluice.Tests.Recipes;

public sealed class CurriculumStepTests
{
    [Fact]
    public void Apply_GoldenOf108Rows_HasThePublishedBlocksAndEpochs()
    {
        List<string?> categories = [.. CategoryGroups.Published.Base.SelectMany(c => Enumerable.Repeat(c, 5)), .. CategoryGroups.Published.Dependent.SelectMany(c => Enumerable.Repeat(c, 4))];
        categories.AddRange(((string[])["Translation", "Sentiment Analysis", "String Processing"]).SelectMany(c => Enumerable.Repeat(c, 4)));
        RecipeOutcome outcome = Run(categories, """[ { "Step": "Curriculum" } ]""");
        JsonObject step = outcome.Steps[0];

        Assert.Equal(324, outcome.Selected.Count);
        Assert.All(outcome.Selected.CountBy(r => r), r => Assert.Equal(3, r.Value));
        Assert.Equal(
            ["""{"base":50,"middle":12,"dependent":46}""", """{"base":40,"middle":12,"dependent":56}""", """{"base":30,"middle":12,"dependent":66}"""],
            step["epochs"]!.AsArray().Select(e => e!.ToJsonString()));
        Assert.Equal(Enumerable.Range(0, 324).Select(i => 1.0 + (i / 108)), outcome.RankFigures["epoch"]);
        Assert.Equal((10, 10, true), ((int)step["shift"]!, (int)step["shiftWanted"]!, (bool)step["eachThreeTimes"]!));
        Assert.Empty(step["absent"]!.AsArray());
    }

    [Fact]
    public void Apply_TaggersNamesAndRowsWithoutOne_FallIntoGroupsAndAbsentOnesAreNamed()
    {
        string?[] categories = [.. Enumerable.Repeat("Algorithm Design", 10), .. Enumerable.Repeat("Character Understanding", 10), .. Enumerable.Repeat((string?)null, 5)];
        JsonObject step = Run(categories, """[ { "Step": "Curriculum", "Shift": 0.2 } ]""").Steps[0];

        Assert.Equal(5, (int)step["shift"]!);
        Assert.Equal("""{"base":15,"middle":5,"dependent":5}""", step["epochs"]![0]!.ToJsonString());
        Assert.Equal("""{"base":{"Algorithm Design":10},"middle":{},"dependent":{"Character Understanding":10}}""", step["groups"]!.ToJsonString());
        Assert.Equal(5, (int)step["withoutCategory"]!);
        Assert.Equal(20, step["absent"]!.AsArray().Count);
        Assert.Contains("Task Generation", step["absent"]!.AsArray().Select(a => (string)a!));
    }

    [Fact]
    public void Apply_TooFewDependentRows_ClampsOrFailsAsAsked()
    {
        string[] categories = [.. Enumerable.Repeat("a", 480), .. Enumerable.Repeat("b", 14), .. Enumerable.Repeat("c", 15)];
        const string Groups = "\"Base\": [\"a\"], \"Dependent\": [\"b\"]";
        JsonObject step = Run(categories, $$"""[ { "Step": "Curriculum", {{Groups}} } ]""").Steps[0];

        Assert.Equal((14, 50), ((int)step["shift"]!, (int)step["shiftWanted"]!));
        Assert.True((bool)step["eachThreeTimes"]!);
        string message = Assert.Throws<RecipeException>(() => Run(categories, $$"""[ { "Step": "Curriculum", {{Groups}}, "WhenSmall": "published" } ]""")).Message;
        Assert.StartsWith("Step 1 (Curriculum): The third epoch is to hold 509 rows, but only 473", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_PublishedWithFewBaseRows_SaysThatRowsStandUnequallyOften()
    {
        string[] categories = [.. Enumerable.Repeat("a", 8), .. Enumerable.Repeat("b", 280), .. Enumerable.Repeat("c", 180)];
        RecipeOutcome outcome = Run(categories, """[ { "Step": "Curriculum", "Base": ["a"], "Dependent": ["b"], "WhenSmall": "published" } ]""");

        Assert.Equal(1366, outcome.Selected.Count);
        Assert.Equal("""{"base":16,"middle":180,"dependent":234}""", outcome.Steps[0]["epochs"]![0]!.ToJsonString());
        Assert.False((bool)outcome.Steps[0]["eachThreeTimes"]!);
    }

    [Fact]
    public void Read_TaxonomyFile_NamesTheGroups()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["taxonomy.json"], """{ "base": ["x"], "intermediate": [], "dependent": ["y"] }""");
        RecipeOutcome outcome = Run(["x", "x", "y", "y", "Java Programming"], """[ { "Step": "Curriculum", "Taxonomy": "taxonomy.json", "Shift": 0.2 } ]""", folder.Path);

        Assert.Equal("""{"base":3,"middle":1,"dependent":1}""", outcome.Steps[0]["epochs"]![0]!.ToJsonString());
    }

    [Theory]
    [InlineData("""[ { "Step": "Curriculum", "Taxonomy": "none.json" } ]""", "Recipe:0:Taxonomy", "none.json")]
    [InlineData("""[ { "Step": "Curriculum", "Taxonomy": "none.json", "Base": ["x"] } ]""", "Recipe:0:Taxonomy", "either the file or Base and Dependent")]
    [InlineData("""[ { "Step": "Curriculum", "Base": ["x"], "Dependent": ["x"] } ]""", "Recipe:0", "'x' among the base categories and the dependent ones")]
    [InlineData("""[ { "Step": "Curriculum", "Shift": 2 } ]""", "Recipe:0:Shift", "2")]
    [InlineData("""[ { "Step": "Curriculum", "WhenSmall": "never" } ]""", "Recipe:0:WhenSmall", "never")]
    [InlineData("""[ { "Step": "Curriculum" }, { "Step": "Top", "Column": "x", "Count": 1 } ]""", "Recipe:0", "must be the last step")]
    public void Read_Mistake_IsReportedWithItsKey(string recipe, string key, string expected)
    {
        List<ConfigurationError> errors = [];
        _ = Read(recipe, ".", errors);

        Assert.Contains(errors, e => e.Key == key && e.Message.Contains(expected, StringComparison.Ordinal));
    }

    private static RecipeOutcome Run(IReadOnlyList<string?> categories, string recipe, string folder = ".")
    {
        List<ConfigurationError> errors = [];
        IReadOnlyList<IRecipeStep> steps = Read(recipe, folder, errors);
        Assert.Empty(errors);
        return new FixedPool { Rows = categories.Count, Columns = { ["category"] = new TextData([.. categories]) } }.Run([.. steps]);
    }

    private static IReadOnlyList<IRecipeStep> Read(string recipe, string folder, List<ConfigurationError> errors)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($"{{\"Recipe\":{recipe}}}"));
        return new RecipeReader(new ClpSolver(), errors).Read(new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Recipe"), folder);
    }
}
