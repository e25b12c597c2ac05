using System.Text.Json.Nodes;
using Sluice.Tests.Endpoints;

namespace Sluice.EndToEnd.Tests;

/// <summary><c>sluice run --limit N</c>, as a user's shell runs it.</summary>
public sealed class DryRunTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Limit_FirstRows_AreScoredAsTheRunScoresThemAndItSaysThatItWasADryRun()
    {
        Write(count: 20);
        string text = _cli.Run("run", "p.json", "--limit", "120").Expect(0).Output;
        _cli.Run("run", "p.json").Expect(0);

        foreach (string part in (string[])["read 120 = ", "DRY RUN over the first 120 rows: all of it lies in runs/p/limit-120, nothing else was touched.", "sluice run p.json    run the whole"])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("is meant for more rows", text, StringComparison.Ordinal);
        string[] whole = Export("runs/p/work");
        string[] first = Export("runs/p/limit-120/work");
        Assert.InRange(first.Length, 80, 121);
        // Ids and scores of the first rows, as the whole run has them.
        Assert.Equal(whole[..first.Length], first);
        Assert.Equal(20, _cli.Lines("runs/p/limit-120/out/selected.jsonl").Length);
        Assert.Contains("It was selected", _cli.Run("why", "runs/p/limit-120/out", (string)JsonNode.Parse(_cli.Lines("runs/p/limit-120/out/selection.jsonl")[0])!["id"]!).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_RealDirectories_AreNotTouchedAndTheFolderIsMadeAnewEachTime()
    {
        Write(count: 20);
        _cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        Dictionary<string, (long, DateTime)> before = Stamps();

        _cli.Run("run", "p.json", "--out", "o", "--work", "w", "--limit", "100").Expect(0);
        File.WriteAllText(_cli["w-limit-100/out/stray"], "");
        _cli.Run("run", "p.json", "--out", "o", "--work", "w", "--limit", "100").Expect(0);

        Assert.Equal(before, Stamps());
        Assert.False(File.Exists(_cli["w-limit-100/out/stray"]));
        Assert.True(File.Exists(_cli["w-limit-100/out/report.html"]));

        Dictionary<string, (long, DateTime)> Stamps() => new[] { "o", "w" }.SelectMany(d => Directory.EnumerateFiles(_cli[d], "*", SearchOption.AllDirectories))
            .ToDictionary(f => f, f => (new FileInfo(f).Length, File.GetLastWriteTimeUtc(f)));
    }

    [Fact]
    public void Limit_CountAboveTheRows_SaysThatTheStepIsMeantForMore()
    {
        Write(count: 5000);

        JsonNode json = JsonNode.Parse(_cli.Run("run", "p.json", "--limit", "50", "--json").Expect(0).Output)!;

        Assert.True((bool)json["dryRun"]!);
        Assert.Equal(50, (long)json["read"]!);
        Assert.Equal(50, (long)json["annotated"]! + (long)json["duplicate"]! + (long)json["rejected"]!);
        Assert.Contains("Step 2 (KCenter) is meant for more rows: Count 5,000, and", (string)Assert.Single(json["notes"]!.AsArray())!, StringComparison.Ordinal);
        Assert.Equal("sluice run p.json", (string)json["command"]!);
    }

    [Fact]
    public void Limit_MoreThanThereIs_SaysThatItWasAll()
    {
        Write(count: 20);

        Assert.Contains("DRY RUN over all 400 rows of the input, which has no more", _cli.Run("run", "p.json", "--limit", "9999", "--set", "Stages:Embed:Text=prompt").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_RejectedRows_CountAsRows()
    {
        _cli.Write("rows.jsonl", "not json\n{\"instruction\":\"Name a colour.\",\"output\":\"Blue is a colour that many like.\"}\n{}\n{\"instruction\":\"Name a river.\",\"output\":\"The Danube is a river.\"}\n");
        _cli.Write("p.json", """{ "Sources": [ { "Path": "rows.jsonl" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 1 } ] }""");

        string text = _cli.Run("run", "p.json", "--limit", "3").Expect(0).Output;

        Assert.Contains("read 3 = annotated 1 + duplicate 0 + rejected 2", text, StringComparison.Ordinal);
        Assert.Contains("2 of 3 rows were rejected", text, StringComparison.Ordinal);
        Assert.Equal(2, _cli.Lines("runs/p/limit-3/work/rejects.jsonl").Length);
    }

    [Fact]
    public void Limit_RecipeThatKeepsNothing_SaysSoAndEndsWithOne()
    {
        Write(count: 20);

        CliResult result = _cli.Run("run", "p.json", "--limit", "40", "--set", "Recipe:0:Above=1000").Expect(1);

        Assert.Contains("The recipe cannot be carried out on these rows: Step 1 (Threshold) keeps none of the", result.Error, StringComparison.Ordinal);
        Assert.Contains("DRY RUN over the first 40 rows", result.Output, StringComparison.Ordinal);
        Assert.Contains("sluice run p.json --set Recipe:0:Above=1000    run the whole", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_StateOfAnIterativeStep_IsLedAway()
    {
        _cli.Write("p.json", """
            { "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 60 } } ], "Stages": { "Ifd": { "Enabled": true } }, "Recipe": [ { "Step": "Ifd", "Ratio": 5, "State": "state" } ] }
            """);

        _cli.Run("run", "p.json", "--limit", "30").Expect(0);

        Assert.False(Directory.Exists(_cli["state"]));
        Assert.True(File.Exists(_cli["runs/p/limit-30/state/0/state/order.csv"]));
    }

    [Fact]
    public async Task Limit_StageThatAsksAServer_SaysThatTheRunAsksAgain()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync("yes"));
        Write(count: 20);

        string text = _cli.Run("run", "p.json", "--limit", "60", "--set", "Stages:Respond:Enabled=true", "--set", $"Stages:Respond:Endpoint={server.Address}", "--set", "Stages:Respond:Model=m").Expect(0).Output;

        Assert.InRange(server.Requests, 40, 60);
        Assert.Contains($"respond asked its server {server.Requests} questions; the answers stay in this folder, and the run asks them again.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_WrongNumberOrAFolderOfAnother_IsRefused()
    {
        Write(count: 20);
        Directory.CreateDirectory(_cli["runs/p/limit-30"]);
        File.WriteAllText(_cli["runs/p/limit-30/mine.txt"], "precious");

        Assert.Contains("--limit: Found 0, expected 1 row or more.", _cli.Run("run", "p.json", "--limit", "0").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("which is no dry run's", _cli.Run("run", "p.json", "--limit", "30").Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_cli["runs/p/limit-30/mine.txt"]));
    }

    private void Write(int count) => _cli.Write("p.json", $$"""
        { "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 400 } } ], "Flow": { "BatchRows": 40 }, "Recipe": [ { "Step": "Threshold", "Column": "quality", "Above": -2 }, { "Step": "KCenter", "Count": {{count}} } ] }
        """);

    private string[] Export(string work)
    {
        _cli.Run("export", "--pool", work, "--columns", "quality,category,duplicate_of", "--to", "e.csv").Expect(0);
        return _cli.Lines("e.csv");
    }
}
