using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>Change one model, and only its column is scored again.</summary>
public sealed class RescoringTests
{
    private const string Recipe = """[ { "Step": "Threshold", "Column": "quality", "Above": -5 }, { "Step": "KCenter", "Count": 60 } ]""";

    [Fact]
    public void Run_StageAddedLater_ScoresItsColumnAloneAsARunFromTheStart()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline());
        cli.Run("run", "p.json", "--out", "fresh", "--work", "fw").Expect(0);

        cli.Write("q.json", Pipeline().Replace(Recipe, """[ { "Step": "Top", "Column": "quality", "Count": 10 } ]""", StringComparison.Ordinal));
        cli.Run("run", "q.json", "--out", "a", "--work", "w", "--set", "Stages:Embed:Enabled=false").Expect(0);
        CliResult second = cli.Run("run", "p.json", "--out", "b", "--work", "w").Expect(0);

        Assert.Contains("scored embedding of", second.Output, StringComparison.Ordinal);
        JsonNode annotate = cli.Json("b/run.json")["annotate"]!;
        Assert.Equal((0L, "embedding"), ((long)annotate["scored"]!, (string)annotate["rescoredColumns"]!.AsArray().Single()!));
        foreach (string output in (string[])["selected.jsonl", "selection.jsonl", "dropped.parquet"])
        {
            Assert.Equal(File.ReadAllBytes(cli["fresh/" + output]), File.ReadAllBytes(cli["b/" + output]));
        }

        cli.Run("verify", "w").Expect(0);
        Assert.Contains("scored nothing again", cli.Run("run", "p.json", "--out", "b", "--work", "w").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherModelKilledInBetween_GoesOnWhereItStood()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline());
        string[] small = ["--set", "Pool:SegmentRows=512"];
        cli.Run(["run", "p.json", "--work", "w", .. small]).Expect(0);
        CopyModels(cli, "tagger", manifest => manifest["threshold"] = 0.2);
        string[] other = ["run", "p.json", "--work", "w", "--set", $"Models:Directory={cli["models"]}", .. small];
        using (Process killed = cli.Start(other))
        {
            // Dead at once or in the middle: either way the next run ends the work.
            killed.WaitForExit(TimeSpan.FromSeconds(2));
            killed.Kill(entireProcessTree: true);
            killed.WaitForExit();
        }

        cli.Run(other).Expect(0);
        cli.Run("export", "--pool", "w", "--columns", "tags,category", "--to", "again.jsonl").Expect(0);
        cli.Run(["run", "p.json", "--work", "w2", "--set", $"Models:Directory={cli["models"]}", .. small]).Expect(0);
        cli.Run("export", "--pool", "w2", "--columns", "tags,category", "--to", "fresh.jsonl").Expect(0);
        Assert.Equal(File.ReadAllText(cli["fresh.jsonl"]), File.ReadAllText(cli["again.jsonl"]));
        cli.Run("verify", "w").Expect(0);
    }

    private static void CopyModels(Cli cli, string changed, Action<JsonNode> change)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Cli.Root, "models"), "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".onnx", StringComparison.Ordinal) || f.EndsWith(".json", StringComparison.Ordinal)))
        {
            string to = Path.Combine(cli["models"], Path.GetRelativePath(Path.Combine(Cli.Root, "models"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        string path = Path.Combine(cli["models"], changed, "manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private static string Pipeline() => $$"""
        { "Name": "p", "Sources": [ { "Path": "demo.jsonl", "Demo": { "Rows": 2500, "Seed": 3 } } ], "Recipe": {{Recipe}} }
        """;
}
