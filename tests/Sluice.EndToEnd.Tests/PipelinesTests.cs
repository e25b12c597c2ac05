using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>Every file in <c>pipelines/</c>, as a user starts it, on fewer made-up rows.</summary>
public sealed class PipelinesTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Pipelines_EachFile_IsRunByATestHereAndExplainsItself()
    {
        string[] tested = ["quickstart", "mods", "deita", "iterit", "superfiltering", "cherry", "beyond-iid", "instag", "recommended"];
        string[] there = [.. Directory.EnumerateFiles(Path.Combine(Cli.Root, "pipelines"), "*.json").Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f))];

        Assert.Equal(tested.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        Assert.All(there, name => Assert.True(
            File.ReadLines(Path.Combine(Cli.Root, "pipelines", name + ".json")).TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal)).Count() >= 2, $"{name} has no header"));
    }

    [Fact]
    public void Deita_SmallPool_TakesTheBestThatAreUnlikeEachOther()
    {
        JsonNode run = Run("deita", 800, "--set", "Recipe:0:Count=100");

        JsonNode step = run["steps"]![0]!;
        Assert.Equal(100, (int)step["kept"]!);
        double[] scores = [.. Selection().Select(l => (double)l["score"]!)];
        Assert.Equal(scores.OrderDescending(), scores);
        // Both scores lie between 1 and 6, one product a turn.
        Assert.All(scores, s => Assert.InRange(s, 1, double.MaxValue));
        Assert.Contains(scores, s => s > 6);
    }

    [Fact]
    public void Superfiltering_SmallPool_KeepsHardRowsThatStandForTheOthers()
    {
        JsonNode run = Run("superfiltering", 200, "--set", "Recipe:2:Count=8");

        Assert.Equal(["Threshold", "Top", "FacilityLocation"], run["steps"]!.AsArray().Select(s => (string)s!["step"]!));
        double[] gains = [.. run["steps"]![2]!["gains"]!.AsArray().Select(g => (double)g!)];
        Assert.Equal(8, gains.Length);
        Assert.Equal(gains.OrderDescending(), gains);
        Assert.All(Selection(), l => Assert.True((double)l["ifd"]! < 1));
        Assert.Equal((int)((long)run["rows"]!["candidates"]! * 0.2), (int)run["steps"]![1]!["kept"]!);
    }

    [Fact]
    public void Cherry_SmallPool_KeepsTheHighestRatiosOfLossesInPoolOrder()
    {
        JsonNode run = Run("cherry", 200);

        JsonObject[] lines = [.. Selection()];
        Assert.Equal((int)((long)run["rows"]!["candidates"]! * 0.06), lines.Length);
        Assert.Equal(lines.Select(l => (long)l["row"]!).Order(), lines.Select(l => (long)l["row"]!));
        Assert.All(lines, l => Assert.Equal((double)l["loss_conditional"]! / (double)l["loss_direct"]!, (double)l["ifd"]!, 6));
    }

    [Fact]
    public void Mods_FirstSeedsThenResponses_EndsWithBothAndScoresNothingTwice()
    {
        JsonNode first = Run("mods", 800, "--set", "Recipe:1:Count=40", "--set", "Recipe:3:Count=30");
        Assert.Contains("run again", (string?)first["waiting"], StringComparison.Ordinal);
        long[] seeds = [.. Selection().Select(l => (long)l["row"]!)];
        Assert.Equal(40, seeds.Length);

        // The model answers everything alike, so it needs nearly every row.
        JsonNode pool = JsonNode.Parse(File.ReadAllText(_cli["o/run.json"]))!;
        _cli.Write("responses.jsonl", string.Concat(Enumerable.Range(0, (int)((long)pool["rows"]!["annotated"]! + (long)pool["rows"]!["duplicate"]!))
            .Select(row => $$"""{"row":{{row}},"response":"I do not know."}""" + "\n")));
        JsonNode second = Run("mods", 800, "--set", "Recipe:1:Count=40", "--set", "Recipe:3:Count=30", "--set", "Recipe:2:Below=10", "--set", "Stages:Respond:Enabled=true",
            "--set", "Stages:Necessity:Enabled=true", "--set", $"Stages:Respond:File={_cli["responses.jsonl"]}");

        Assert.Null(second["waiting"]);
        Assert.Equal(0, (long)second["annotate"]!["scored"]!);
        Assert.Equal(["necessity", "response"], second["annotate"]!["rescoredColumns"]!.AsArray().Select(c => (string)c!));
        long[] rows = [.. Selection().Select(l => (long)l["row"]!)];
        Assert.Equal(seeds, rows[..40]);
        Assert.Equal(rows.Distinct(), rows);
        Assert.InRange(rows.Length, 41, 70);
    }

    [Fact]
    public void BeyondIid_SmallPool_WritesEachRowThreeTimes()
    {
        JsonNode run = Run("beyond-iid", 1200, "--set", "Recipe:0:Count=200");

        Assert.Equal(["ScoreFirst", "Proportions", "Curriculum"], run["steps"]!.AsArray().Select(s => (string)s!["step"]!));
        Assert.Equal(200, (int)run["rows"]!["selected"]!);
        Assert.Equal(600, (int)run["rows"]!["written"]!);
        Assert.All(Selection().GroupBy(l => (long)l["row"]!), g => Assert.Equal(3, g.Count()));
        Assert.Equal(600, _cli.Lines("o/selected.jsonl").Length);
        Assert.Equal(3, run["steps"]![2]!["epochs"]!.AsArray().Count);
    }

    [Fact]
    public void Recommended_SmallPool_EndsAtItsBudget()
    {
        JsonNode run = Run("recommended", 1200, "--set", "Recipe:2:Count=200");

        Assert.Equal(200, (int)run["rows"]!["selected"]!);
        Assert.All(Selection(), l => Assert.True((double)l["quality"]! > -1));
    }

    [Fact]
    public void Instag_SmallPool_CoversEveryTag()
    {
        JsonNode run = Run("instag", 800, "--set", "Recipe:0:Count=100");

        Assert.Equal(100, (int)run["rows"]!["selected"]!);
        Assert.Equal(1.0, (double)run["steps"]!.AsArray()[^1]!["coverage"]!);
    }

    [Fact]
    public void Iterit_SmallPool_SelectsAndSaysWhichRowsToScoreAgain()
    {
        JsonNode run = Run("iterit", 200);

        JsonNode step = run["steps"]!.AsArray()[^1]!;
        Assert.Equal("Ifd", (string)step["step"]!);
        Assert.Equal((int)step["picked"]!, (int)run["rows"]!["selected"]!);
    }

    private JsonNode Run(string pipeline, int rows, params string[] more)
    {
        _cli.Run([
            "run", Path.Combine(Cli.Root, "pipelines", pipeline + ".json"), "--out", "o", "--work", "w", "--quiet",
            "--set", $"Sources:0:Path={_cli["demo.jsonl"]}", "--set", $"Sources:0:Demo:Rows={rows}", .. more]).Expect(0);
        JsonNode run = _cli.Json("o/run.json");
        Assert.Equal((long)run["rows"]!["candidates"]!, (long)run["rows"]!["selected"]! + (long)run["rows"]!["dropped"]!);
        return run;
    }

    private IEnumerable<JsonObject> Selection() => _cli.Lines("o/selection.jsonl").Select(l => JsonNode.Parse(l)!.AsObject());
}
