using System.Text.Json.Nodes;
using Sluice.Configuration;
using Sluice.Runs.Study;

namespace Sluice.Tests.Runs.Study;

public sealed class StudyPartsTests
{
    [Fact]
    public void Slugs_AnyNames_AreFileNamesOfTheirOwn()
    {
        IReadOnlyDictionary<string, string> slugs = StudySlugs.Of(["Open Knowledge Q&A", "open knowledge / q a", "数学推理", "../..", "", new string('x', 200)]);

        Assert.Equal(["open-knowledge-q-a", "open-knowledge-q-a-2", "数学推理", "category", "category-2", new string('x', 60)], slugs.Values);
    }

    [Fact]
    public void ReadSelection_Rows_ComeInTheOrderOfTheLines()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["s.jsonl"], "{\"rank\":0,\"row\":7}\n{\"rank\":1,\"row\":2}\n\n{\"rank\":2,\"row\":5}\n");
        List<ConfigurationError> errors = [];

        Assert.Equal([7L, 2, 5], StudyRows.ReadSelection(folder["s.jsonl"], 8, errors));
        Assert.Empty(errors);
    }

    [Fact]
    public void ReadSelection_Mistakes_AreAllToldWithTheirLines()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["s.jsonl"], "{\"row\":1}\n{\"row\":1}\n{\"row\":8}\n{\"row\":\"x\"}\nnot json\n[]\n");
        List<ConfigurationError> errors = [];
        _ = StudyRows.ReadSelection(folder["s.jsonl"], 8, errors);

        Assert.Equal(5, errors.Count);
        Assert.Contains("line 2: found row 1 again, first on line 1", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("line 3: found row 8, expected 0 to 7", errors[1].Message, StringComparison.Ordinal);
        Assert.All(errors.Skip(2).Select((e, i) => (e, i)), p => Assert.Contains($"line {p.i + 4}: found no whole number under 'row'", p.e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadSelection_EmptyFileOrManyMistakes_SaysSoInFewLines()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["none.jsonl"], "");
        File.WriteAllText(folder["bad.jsonl"], string.Concat(Enumerable.Repeat("x\n", 100)));
        List<ConfigurationError> none = [];
        List<ConfigurationError> bad = [];
        _ = StudyRows.ReadSelection(folder["none.jsonl"], 8, none);
        _ = StudyRows.ReadSelection(folder["bad.jsonl"], 8, bad);

        Assert.Contains("holds no line", Assert.Single(none).Message, StringComparison.Ordinal);
        Assert.Equal(21, bad.Count);
        Assert.Contains("80 more lines", bad[20].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_FileThatIsThere_IsLeftWhenTheSameMendedWhenNotAndKeptWhenFilledIn()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.txt"], "same");
        File.WriteAllText(folder["b.txt"], "other");
        File.WriteAllText(folder["c.txt"], "filled in");
        DateTime before = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder["a.txt"], before);
        StudyFolder study = new(folder.Path);
        foreach (string name in (string[])["a.txt", "b.txt"])
        {
            Assert.Equal("0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5", study.WriteText(name, w => w.Write("same")).Sha256);
        }

        study.WriteText("c.txt", w => w.Write("same"), keepsOther: true);

        Assert.Equal((1, "same", "filled in"), (study.Unchanged, File.ReadAllText(folder["b.txt"]), File.ReadAllText(folder["c.txt"])));
        Assert.Equal(before, File.GetLastWriteTimeUtc(folder["a.txt"]));
        Assert.Equal(["b.txt", "c.txt"], study.Mended);
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void CheckSame_AnotherPlan_NamesEveryKeyThatDiffers()
    {
        using TemporaryFolder folder = new();
        JsonObject plan = new() { ["seed"] = 1, ["each"] = 5, ["column"] = "category" };
        StudyManifest.CheckSame(folder.Path, plan);
        File.WriteAllText(folder["study.json"], """{ "sluiceStudy": 1, "plan": { "seed": 1, "each": 6, "column": "topic" } }""");

        ConfigurationException exception = Assert.Throws<ConfigurationException>(() => StudyManifest.CheckSame(folder.Path, plan));
        Assert.Equal(2, exception.Errors.Count);
        Assert.Contains("planned with each 6, expected 5 now", exception.Message, StringComparison.Ordinal);
        Assert.Contains("planned with column \"topic\", expected \"category\" now", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no JSON")]
    [InlineData("{}", "is no study")]
    [InlineData("""{ "sluiceStudy": 1, "dataSets": [ { "category": null } ] }""", "names no data set with a category")]
    public void Categories_FileThatIsNoStudy_SaysWhatItIsNot(string text, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["study.json"], text);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => StudyManifest.Categories(folder["study.json"])).Message, StringComparison.Ordinal);
    }
}
