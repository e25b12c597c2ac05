namespace Sluice.EndToEnd.Tests;

/// <summary>A mistake in the configuration: one clear message each, exit code 2, nothing written.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("""{ "Sources": [ { "Path": "r.jsonl" } ], "Recipe": [ { "Step": "Top", "Colum": "quality", "Count": 1 } ] }""", "Recipe:0:Colum: Unknown key. Did you mean 'Column'?")]
    [InlineData("""{ "Source": [], "Sources": [ { "Path": "r.jsonl" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 1 } ] }""", "Source: Unknown key. Did you mean 'Sources'?")]
    [InlineData("""{ "Sources": [ { "Path": "r.jsonl" } ], "Stages": { "Tag": { "Model": "taggr" } }, "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 1 } ] }""", "Did you mean 'tagger'?")]
    [InlineData("""{ "Sources": [ { "Path": "r.jsonl" } ], "Recipe": [ { "Step": "Proportions", "Bounds": { "Translation": [0.9, 0.2] } } ] }""", "Bounds:Translation: Found [0.9, 0.2]")]
    [InlineData("""{ "Sources": [ { "Path": "r.jsonl" } ], "Recipe": [ { "Step": "Proportions", "Bounds": { "Translation": [0.6, 1], "Programming Ability": [0.6, 1] } } ] }""", "add up to 1.2")]
    [InlineData("""{ "Sources": [ { "Path": "nowhere.jsonl" } ], "Recipe": [ { "Step": "Topp" } ] }""", "Did you mean 'Top'?")]
    [InlineData("""{ "Sources": [ { "Path": "r.jsonl" } ], "Flow": { "BatchRows": 0 }, "Recipe": [ { "Step": "KCenter" } ] }""", "Flow:BatchRows: Found 0, expected a value from 1 to 65536")]
    public void Run_Mistake_SaysWhatAndWritesNothing(string pipeline, string expected)
    {
        using Cli cli = new();
        cli.Write("p.json", pipeline);
        cli.Write("r.jsonl", "{\"instruction\":\"a\",\"output\":\"b\"}\n");

        CliResult result = cli.Run("run", "p.json").Expect(2);

        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(["p.json", "r.jsonl"], Directory.GetFileSystemEntries(cli.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(2, cli.Run("validate", "p.json").ExitCode);
    }

    [Fact]
    public void Run_SeveralMistakes_ReportsAllAtOnce()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "nowhere.jsonl" } ], "Stages": { "Embed": { "Model": "nope" } }, "Recipe": [ { "Step": "Top", "Colum": "quality", "Count": 1 } ] }""");

        CliResult result = cli.Run("run", "p.json").Expect(2);

        Assert.Contains("Sources:0:Path", result.Error, StringComparison.Ordinal);
        Assert.Contains("Stages:Embed:Model", result.Error, StringComparison.Ordinal);
        Assert.Contains("Recipe:0:Colum", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MistakesInEverySection_HideNoneOfEachOther()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "nowhere.jsonl" } ], "Flow": { "BatchRows": 0 }, "DuckDb": { "Threads": 0 }, "Serve": { "PollInterval": "-00:00:01", "Poll": 1 }, "Stages": { "Embed": { "Model": "nope" }, "Dedup": { "MinJaccard": 7 } }, "Recipe": [ { "Step": "Top", "Colum": "quality", "Count": 1 } ] }""");
        foreach (string verb in (string[])["run", "validate"])
        {
            string error = cli.Run(verb, "p.json").Expect(2).Error;

            foreach (string key in (string[])["Sources:0:Path", "Flow:BatchRows", "DuckDb:Threads", "Serve:PollInterval", "Serve:Poll", "Stages:Embed:Model", "Stages:Dedup:MinJaccard", "Recipe:0:Colum"])
            {
                Assert.Equal(1, error.Split('\n').Count(l => l.StartsWith($"error: {key}:", StringComparison.Ordinal)));
            }
        }

        Assert.Contains("Flow:BatchRows", cli.Run("models", "list", "--set", "Flow:BatchRows=0").Expect(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rum", "p.json")]
    [InlineData("run")]
    [InlineData("select", "r.json")]
    public void Usage_Wrong_ExitsWithTwo(params string[] arguments)
    {
        using Cli cli = new();

        Assert.NotEmpty(cli.Run(arguments).Expect(2).Error);
    }

    [Fact]
    public void Help_NoArgumentsAndMistypedVerb_NamesTheVerbsAsPeopleTypeThem()
    {
        using Cli cli = new();

        string help = cli.Run("-h").Expect(0).Output;
        Assert.Contains("sluice [command]", help, StringComparison.Ordinal);
        Assert.DoesNotContain("sluice-host", help, StringComparison.Ordinal);
        Assert.Contains("sluice [command]", cli.Run().Expect(2).Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'verify'?", cli.Run("verfy", "x").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OptionChangedInTheMiddle_RefusesAndNamesTheKey()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 200 } } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 5 } ] }""");
        cli.Run("run", "p.json").Expect(0);

        CliResult changed = cli.Run("run", "p.json", "--set", "Stages:Dedup:MinJaccard=0.7").Expect(2);
        File.AppendAllText(cli["d.jsonl"], "{\"instruction\":\"new\",\"output\":\"row\"}\n");
        CliResult rewritten = cli.Run("run", "p.json").Expect(2);

        Assert.Contains("Stages:Dedup:MinJaccard: Found '0.7', but the pool was begun with '0.8'", changed.Error, StringComparison.Ordinal);
        Assert.Contains("d.jsonl has changed", rewritten.Error, StringComparison.Ordinal);
        cli.Run("run", "p.json", "--fresh").Expect(0);
    }
}
