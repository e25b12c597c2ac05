using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Sluice.Clp;
using Sluice.Configuration;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Selection.Tagging;

namespace Sluice.Tests.Recipes;

public sealed class TagCoverageStepTests
{
    // methods.md section 6; row i is q(i + 1).
    private static readonly string[]?[] s_golden = [["a", "b", "c"], ["a", "b"], ["c", "d"], ["a"], ["e"], ["b", "c", "d", "e"], null, ["d", "e", "f"]];

    private static readonly string[]?[] s_open =
        [["Poem", "Verse"], ["poems"], ["poems", "love"], ["verse"], ["Python ", "code"], ["python", "code"], ["code"], ["C++"], ["c"], ["once, only"]];

    [Fact]
    public void Apply_Golden_KeepsInOrderWithFigures()
    {
        RecipeOutcome outcome = Run(s_golden, "\"Count\": 4");

        Assert.Equal([5, 0, 7, 1], outcome.Selected);
        JsonObject figures = outcome.Steps[0];
        Assert.Equal(4, (int)figures["kept"]!);
        Assert.Equal(6, (int)figures["tags"]!);
        Assert.Equal(2, (int)figures["rounds"]!);
        Assert.Equal(1, (int)figures["untagged"]!);
        Assert.Equal(1.0, (double)figures["coverage"]!);
        Assert.Equal("[0.666667,0.833333,1,1]", figures["coverageCurve"]!["coverage"]!.ToJsonString());
        Assert.Equal(16.0 / 8, (double)figures["complexity"]!["in"]!);
        Assert.Equal(12.0 / 4, (double)figures["complexity"]!["out"]!);
        Assert.Equal("""{"tag":"a","in":3,"out":2}""", figures["topTags"]![0]!.ToJsonString());
        Assert.Null(figures["normalized"]);
        Assert.Equal([4, 3, 3, 2], outcome.Selected.Select(r => outcome.RowFigures["tagCount"][r]));
        Assert.Equal([1, 1, 1, 2], outcome.Selected.Select(r => outcome.RowFigures["round"][r]));
        Assert.Equal("its turn would come in round 2; 4 rows were chosen by round 2", outcome.Dropped.Single(d => d.Row == 2).Reason);
        Assert.Equal("it has no tag, so no round takes it", outcome.Dropped.Single(d => d.Row == 6).Reason);
    }

    [Fact]
    public void Apply_MoreThanCanBeTaken_StopsAndSaysSo()
    {
        RecipeOutcome outcome = Run(s_golden, "\"Count\": 8");

        Assert.Equal([5, 0, 7, 1, 2, 4, 3], outcome.Selected);
        Assert.True((bool)outcome.Steps[0]["exhausted"]!);
        Assert.Equal(8, (int)outcome.Steps[0]["count"]!);
    }

    [Fact]
    public void Apply_UntaggedLast_TakesThemAtTheEnd()
    {
        RecipeOutcome outcome = Run(s_golden, "\"Count\": 8, \"Untagged\": \"last\"");

        Assert.Equal([5, 0, 7, 1, 2, 4, 3, 6], outcome.Selected);
        Assert.False((bool)outcome.Steps[0]["exhausted"]!);
        Assert.True(double.IsNaN(outcome.RowFigures["round"][6]));
    }

    [Fact]
    public void Apply_RowsInAnotherOrder_TiesStillGoToTheLowestRow()
    {
        FixedPool pool = Pool([["a"], ["a"], ["b"]]);

        Assert.Equal([0, 2], pool.Run([2, 1, 0], [.. Read("\"Count\": 2")]).Selected);
    }

    [Fact]
    public void Apply_NoRowHasATag_SaysWhichAndWhy() =>
        Assert.Contains("row 0: it has no tag", Assert.Throws<RecipeException>(() => Run([null, []], "\"Count\": 1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Apply_Normalize_CountsAfterEachStageAndWritesTheTable()
    {
        using TemporaryFolder folder = new();
        RecipeOutcome outcome = Run(
            s_open, """ "Count": 3, "TagTable": "made/tags.csv", "Normalize": { "MinCount": 1, "MinSupport": 2 } """, folder.Path, new Meanings());

        JsonObject normalized = outcome.Steps[0]["normalized"]!.AsObject();
        Assert.Equal(11, (int)normalized["raw"]!);
        Assert.Null(normalized["frequency"]);
        Assert.Equal(7, (int)normalized["rules"]!);
        Assert.Equal(6, (int)normalized["semantic"]!);
        Assert.Equal(5, (int)normalized["association"]!);
        Assert.Equal(5, (int)normalized["atomic"]!);
        Assert.Equal("made", (string)normalized["table"]!);
        Assert.Equal(["code", "poems", "C++"], normalized["merged"]!.AsArray().Select(g => (string)g!["atomic"]!));
        Assert.Equal(
            [
                "tag,atomic,rows,stage",
                "code,code,3,",
                "Python,code,1,association",
                "python,code,1,rules",
                "poems,poems,2,",
                "Poem,poems,1,rules",
                "Verse,poems,1,semantic",
                "verse,poems,1,rules",
            ],
            File.ReadLines(folder["made/tags.csv"]).Skip(1).Take(8));
        Assert.Contains("\"once, only\",\"once, only\",1,", File.ReadAllLines(folder["made/tags.csv"]));
    }

    [Fact]
    public void Apply_TableThatIsThere_IsUsedAsItIs()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["tags.csv"], "tag,atomic\nPoem,poetry\npoems,poetry\nVerse,poetry\nverse,poetry\n\"once, only\",\nPython,code\npython,code\n");
        RecipeOutcome outcome = Run(s_open, """ "Count": 9, "TagTable": "tags.csv", "Normalize": {} """, folder.Path);

        JsonObject normalized = outcome.Steps[0]["normalized"]!.AsObject();
        Assert.Equal("read", (string)normalized["table"]!);

        // love, code, C++ and c are not named and stay.
        Assert.Equal(4, (int)normalized["unlisted"]!);
        Assert.Equal(5, (int)normalized["atomic"]!);
        Assert.Equal(1, (int)normalized["leftOut"]!);
        Assert.DoesNotContain(9, outcome.Selected);
        Assert.Equal(9, outcome.Selected.Count);
    }

    [Fact]
    public void Apply_TableMadeThenRead_ChoosesTheSameRows()
    {
        using TemporaryFolder folder = new();
        const string Options = """ "Count": 5, "TagTable": "tags.csv", "Normalize": { "MinCount": 1, "MinSupport": 2 } """;
        RecipeOutcome made = Run(s_open, Options, folder.Path, new Meanings());
        RecipeOutcome read = Run(s_open, Options, folder.Path);

        Assert.Equal(made.Selected, read.Selected);
        Assert.Equal((double)made.Steps[0]["coverage"]!, (double)read.Steps[0]["coverage"]!);
        Assert.Equal("read", (string)read.Steps[0]["normalized"]!["table"]!);
    }

    [Fact]
    public void Apply_VectorsFile_StandsInForTheModel()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, float[]> vectors = new() { ["poem"] = [1, 0], ["verse"] = [1, 0.01f], ["code"] = [0, 1] };
        File.WriteAllLines(folder["v.jsonl"], vectors.Select(v => JsonSerializer.Serialize(new { tag = v.Key, vector = v.Value })));
        RecipeOutcome outcome = Run([["Poem"], ["Verse"], ["code"]], """ "Count": 3, "Normalize": { "MinCount": 1, "Rules": false, "Vectors": "v.jsonl", "MinSupport": 0 } """, folder.Path);

        Assert.Equal(2, (int)outcome.Steps[0]["normalized"]!["semantic"]!);
        Assert.Null(outcome.Steps[0]["normalized"]!["rules"]);
        Assert.Null(outcome.Steps[0]["normalized"]!["association"]);
    }

    [Fact]
    public void Apply_VectorsFileWithoutATag_NamesIt()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["v.jsonl"], """{"tag":"poem","vector":[1,0]}""");
        RecipeException exception = Assert.Throws<RecipeException>(() =>
            Run([["Poem"], ["Verse"]], """ "Count": 1, "Normalize": { "MinCount": 1, "Vectors": "v.jsonl" } """, folder.Path));

        Assert.Contains("has no vector for 1 of 2 tags, such as 'verse'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_NoModelToCompareTags_SaysTheRemedy() => Assert.Contains(
        "set Normalize:SemanticDistance to 0",
        Assert.Throws<RecipeException>(() => Run(s_open, """ "Count": 1, "Normalize": { "MinCount": 1 } """)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Count\": 0", "Recipe:0:Count", "expected a value from 1")]
    [InlineData("\"Column\": \"tags\"", "Recipe:0", "Found no Count")]
    [InlineData("\"Count\": 1, \"Untagged\": \"first\"", "Recipe:0:Untagged", "expected one of last, never")]
    [InlineData("\"Count\": 1, \"TagTable\": \"gone.csv\"", "Recipe:0:TagTable", "Without Normalize the table must be there")]
    [InlineData("\"Count\": 1, \"TagTable\": \"twice.csv\"", "Recipe:0:TagTable", "line 3: the tag 'a' stands in line 2 already")]
    [InlineData("\"Count\": 1, \"TagTable\": \"other.csv\", \"Normalize\": {}", "Recipe:0:TagTable", "found the columns name, to, expected tag and atomic")]
    [InlineData("\"Count\": 1, \"Normalize\": { \"Vectors\": \"gone.jsonl\" }", "Recipe:0:Normalize:Vectors", "expected vectors of tags")]
    [InlineData("\"Count\": 1, \"Normalize\": { \"MinCounts\": 3 }", "Recipe:0:Normalize:MinCounts", "Did you mean 'MinCount'")]
    public void Read_Mistake_IsFoundBeforeAnythingRuns(string options, string key, string message)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["twice.csv"], "tag,atomic\na,b\na,c\n");
        File.WriteAllText(folder["other.csv"], "name,to\na,b\n");
        List<ConfigurationError> errors = [];
        Read(options, folder.Path, errors);

        Assert.Contains(errors, e => e.Key == key && e.Message.Contains(message, StringComparison.Ordinal));
    }

    private static FixedPool Pool(string[]?[] tags, ITagVectors? vectors = null) => new() { Rows = tags.Length, Columns = { ["tags"] = new TextListData(tags) }, TagVectors = vectors };

    private static RecipeOutcome Run(string[]?[] tags, string options, string folder = "/", ITagVectors? vectors = null) => Pool(tags, vectors).Run([.. Read(options, folder)]);

    private static IReadOnlyList<IRecipeStep> Read(string options, string folder = "/", List<ConfigurationError>? errors = null)
    {
        List<ConfigurationError> found = errors ?? [];
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes($$"""{ "Recipe": [ { "Step": "TagCoverage", {{options}} } ] }"""));
        IReadOnlyList<IRecipeStep> steps = new RecipeReader(new ClpSolver(), found).Read(new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Recipe"), folder);
        Assert.True(errors is not null || found.Count == 0, string.Join('\n', found.Select(e => e.Message)));
        return steps;
    }

    // Verse and poems mean the same, and every other tag something of its own.
    private sealed class Meanings : ITagVectors
    {
        public VectorData Vectors(IReadOnlyList<string> tags, CancellationToken token)
        {
            float[] values = new float[tags.Count * 20];
            for (int i = 0; i < tags.Count; i++)
            {
                values[(i * 20) + (tags[i] is "verse" or "poems" ? 19 : i)] = 1;
            }

            return new VectorData(values, 20);
        }
    }
}
