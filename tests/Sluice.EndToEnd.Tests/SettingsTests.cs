using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary><c>sluice schema</c> and <c>sluice validate --show</c>, as a user's shell runs them.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Schema_EachKind_IsPrintedAndAWrongOneIsNamed()
    {
        using Cli cli = new();

        Assert.Equal(File.ReadAllText(Path.Combine(Cli.Root, "pipelines/pipeline.schema.json")), cli.Run("schema").Expect(0).Output);
        Assert.Equal(File.ReadAllText(Path.Combine(Cli.Root, "appsettings.schema.json")), cli.Run("schema", "appsettings").Expect(0).Output);
        Assert.Equal("Sluice recipe", (string)JsonNode.Parse(cli.Run("schema", "recipe").Expect(0).Output)!["title"]!);
        Assert.Contains("Found 'pipline', expected one of pipeline, appsettings, recipe. Did you mean 'pipeline'?", cli.Run("schema", "pipline").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_EachKey_HasItsValueAndItsOrigin()
    {
        using Cli cli = new();
        cli.Write("rows.jsonl", "{\"instruction\":\"a\",\"output\":\"b\"}\n");
        cli.Write("my.json", """{ "$schema": "pipeline.schema.json", "Sources": [ { "Path": "rows.jsonl" } ], "Flow": { "BatchRows": 512 }, "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 1 } ] }""");
        cli.Write("appsettings.json", """{ "Flow": { "QueueBatches": 9 } }""");

        string[] lines = cli.Run("validate", "my.json", "--show", "--set", "Pool:SegmentRows=99").Expect(0).Output.Split('\n');
        string[] json = cli.Run("validate", "my.json", "--show", "--json").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("my.json", Origin("Flow:BatchRows = 512"));
        Assert.Equal("./appsettings.json", Origin("Flow:QueueBatches = 9"));
        Assert.Equal("appsettings.json (beside the program)", Origin("Flow:Parallelism = 0"));
        Assert.Equal("--set", Origin("Pool:SegmentRows = 99"));
        Assert.Equal("default", Origin("Recipe:0:Ties = low"));
        Assert.Contains(lines, l => l.StartsWith("my.json is fine:", StringComparison.Ordinal));
        Assert.Contains(json, l => JsonNode.Parse(l) is { } o && (string)o["key"]! == "Flow:QueueBatches" && (string)o["value"]! == "9" && (string)o["origin"]! == "./appsettings.json");

        string Origin(string pair) => lines.Single(l => l.StartsWith(pair + " ", StringComparison.Ordinal))[pair.Length..].Trim();
    }

    [Theory]
    [InlineData("\"Recipe\": [ { \"Step\": \"KCentre\", \"Count\": 5 } ]", "Recipe:0:Step: Unknown step 'KCentre'. Did you mean 'KCenter'?")]
    [InlineData("\"Recipe\": [ { \"Step\": \"KCenter\", \"Cuont\": 5 } ]", "Recipe:0:Cuont: Unknown key. Did you mean 'Count'?")]
    [InlineData("\"Recipe\": [ { \"Step\": \"KCenter\", \"Count\": 5, \"Metric\": \"cosin\" } ]", "Recipe:0:Metric: Found 'cosin', expected one of cosine, euclidean. Did you mean 'cosine'?")]
    [InlineData("\"Recipe\": [ { \"Step\": \"Top\", \"Column\": \"q\", \"Count\": 5, \"As\": \"seeds\" }, { \"Step\": \"KCenter\", \"Count\": 5, \"From\": \"seed\" } ]", "Did you mean 'seeds'?")]
    [InlineData("\"Stages\": { \"Qualty\": { \"Enabled\": false } }", "Stages:Qualty: Unknown key. Did you mean 'Quality'?")]
    [InlineData("\"Stages\": { \"Embed\": { \"Text\": \"conversatoin\" } }", "Stages:Embed:Text: Found 'conversatoin', expected one of instruction, prompt, response, conversation, nothing. Did you mean 'conversation'?")]
    [InlineData("\"Stages\": { \"Ifd\": { \"Enabled\": true, \"Definition\": \"cherri\" } }", "Did you mean 'cherry'?")]
    [InlineData("\"Stages\": { \"Ifd\": { \"Enabled\": true, \"Template\": \"alpca\" } }", "Did you mean 'alpaca'?")]
    [InlineData("\"Output\": { \"Format\": \"JsonLine\" }", "Output:Format: Found 'JsonLine', expected one of JsonLines, Parquet. Did you mean 'JsonLines'?")]
    [InlineData("\"Sources\": [ { \"Paht\": \"rows.jsonl\" } ]", "Sources:0:Paht: Unknown key. Did you mean 'Path'?")]
    [InlineData("\"Sources\": [ { \"Path\": \"rows.jsonl\", \"Shape\": \"alpacca\" } ]", "Did you mean 'alpaca'?")]
    [InlineData("\"Sources\": [ { \"Path\": \"rows.jsonl\", \"Format\": \"parket\" } ]", "Did you mean 'parquet'?")]
    [InlineData("\"Sources\": [ { \"Path\": \"row.jsonl\" } ]", "Did you mean 'rows.jsonl'?")]
    [InlineData("\"Inference\": { \"Provider\": \"cudda\" }", "Did you mean 'cuda'?")]
    [InlineData("\"Loop\": { \"UpdateStrategy\": \"baselin\" }", "Did you mean 'baseline'?")]
    public void Validate_MistypedName_SaysWhatWasMeant(string part, string expected)
    {
        using Cli cli = new();
        cli.Write("rows.jsonl", "{\"instruction\":\"a\",\"output\":\"b\"}\n");
        string[] rest = [.. new[] { "\"Sources\": [ { \"Path\": \"rows.jsonl\" } ]", "\"Recipe\": [ { \"Step\": \"Top\", \"Column\": \"quality\", \"Count\": 1 } ]" }.Where(p => !part.StartsWith(p[..8], StringComparison.Ordinal))];
        cli.Write("my.json", $"{{ {string.Join(", ", rest.Append(part))} }}");

        Assert.Contains(expected, cli.Run("validate", "my.json").Expect(2).Error, StringComparison.Ordinal);
    }
}
