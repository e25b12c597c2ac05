using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>The default models and a user's own, through the executable.</summary>
public sealed class ModelsTests
{
    [Fact]
    public void Check_DefaultModels_AreFine()
    {
        using Cli cli = new();
        CliResult result = cli.Run("models", "check", "--set", "Inference:Provider=cpu").Expect(0);
        Assert.Equal(
            ["complexity: fine", "embedder: fine", "lm: fine", "quality: fine", "tagger: fine"],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]));
    }

    [Fact]
    public void Bench_AModel_PrintsItsRatesBesideTheBareSession()
    {
        using Cli cli = new();
        CliResult result = cli.Run("models", "bench", "complexity", "--rows", "64", "--seconds", "1").Expect(0);
        Assert.Contains("bare rows/s", result.Output, StringComparison.Ordinal);
        Assert.Contains("mixed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Ifd_ScoresEveryRowInThePublishedWays()
    {
        using Cli cli = new();
        cli.Write("p.json", """
            { "Name": "p", "Sources": [ { "Path": "demo.jsonl", "Demo": { "Rows": 200, "Seed": 5 } } ],
              "Stages": { "Ifd": { "Enabled": true } }, "Recipe": [ { "Step": "Threshold", "Column": "ifd", "Below": 1 }, { "Step": "Top", "Column": "ifd", "Count": 20 } ] }
            """);
        Dictionary<string, string> selections = [];
        foreach (string definition in (string[])["superfiltering", "cherry"])
        {
            // The other definition is another way of scoring: its columns alone are made anew.
            CliResult result = cli.Run("run", "p.json", "--set", $"Stages:Ifd:Definition={definition}").Expect(0);
            Assert.Equal(definition == "cherry", result.Output.Contains("scored ifd, loss_conditional, loss_direct of", StringComparison.Ordinal));
            selections[definition] = File.ReadAllText(cli["runs/p/out/selection.jsonl"]);
            foreach (string line in cli.Lines("runs/p/out/selection.jsonl"))
            {
                JsonNode row = JsonNode.Parse(line)!;
                (double ifd, double conditional, double direct) = ((double)row["ifd"]!, (double)row["loss_conditional"]!, (double)row["loss_direct"]!);
                Assert.InRange(ifd, 0, 1);
                Assert.Equal(definition == "cherry" ? conditional / direct : Math.Exp(conditional - direct), ifd, 1e-6);
            }
        }

        Assert.NotEqual(selections["superfiltering"], selections["cherry"]);
    }

    [Fact]
    public void Add_AnExportedModel_RunsInTheFlow()
    {
        using Cli cli = new();
        string models = Path.Combine(Cli.Root, "models");
        Directory.CreateDirectory(cli["models/mine"]);
        // What an export leaves: the graph, the tokenizer, a config.json.
        File.Copy(Path.Combine(models, "quality", "model.onnx"), cli["models/mine/model.onnx"]);
        File.Copy(Path.Combine(models, "tokenizer", "tokenizer.json"), cli["models/mine/tokenizer.json"]);
        cli.Write("models/mine/config.json", """{"architectures":["DebertaV2ForSequenceClassification"],"id2label":{"0":"LABEL_0"},"max_position_embeddings":384}""");
        string set = $"Models:Directory={cli["models"]}";
        cli.Run("models", "add", "mine", "--set", set).Expect(0);
        JsonNode manifest = cli.Json("models/mine/manifest.json");
        Assert.Equal(("regression", "pair", 384), ((string)manifest["task"]!, (string)manifest["text"]!, (int)manifest["maxTokens"]!));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(cli["models/mine/model.onnx"]))), (string)manifest["model"]!["sha256"]!);
        cli.Write("p.json", """
            { "Name": "p", "Sources": [ { "Path": "demo.jsonl", "Demo": { "Rows": 200, "Seed": 5 } } ],
              "Stages": { "Quality": { "Model": "mine" }, "Tag": { "Enabled": false }, "Complexity": { "Enabled": false }, "Embed": { "Enabled": false } },
              "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 5 } ] }
            """);
        cli.Run("run", "p.json", "--set", set).Expect(0);
        Assert.Equal(5, cli.Lines("runs/p/out/selected.jsonl").Length);
    }
}
