using System.Text.Json.Nodes;
using Sluice.Tests.Endpoints;

namespace Sluice.EndToEnd.Tests;

/// <summary>Responses and necessity of a pool that was scored before, from a server that the test starts.</summary>
public sealed class RespondTests
{
    private const string Pipeline = """
        {
          "Sources": [ { "Path": "demo.jsonl", "Demo": { "Rows": 400, "Seed": 5 } } ],
          "Stages": { "Tag": { "Enabled": false }, "Complexity": { "Enabled": false }, "Embed": { "Enabled": false } },
          "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 20 } ]
        }
        """;

    [Fact]
    public async Task Run_RespondSwitchedOnLater_AsksOnceScoresNothingElseAgainAndExports()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.Times == 1 && request.Number % 40 == 0
            ? request.ErrorAsync(429, "slow down", "", "0")
            : request.AnswerAsync("I was asked: " + request.Question));
        using Cli cli = new();
        cli.Write("p.json", Pipeline);
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        cli.Run("export", "--pool", "w", "--columns", "quality", "--to", "before.jsonl").Expect(0);
        string[] asking =
        [
            "run", "p.json", "--out", "o", "--work", "w", "--set", "Stages:Respond:Enabled=true", "--set", $"Stages:Respond:Endpoint={server.Address}", "--set", "Stages:Respond:Model=tuned",
            "--set", "Stages:Necessity:Enabled=true", "--set", "Stages:Respond:Where:Column=quality", "--set", "Stages:Respond:Where:Above=-1",
        ];

        CliResult second = cli.Run(asking).Expect(0);

        Assert.Contains("scored necessity, response of", second.Output, StringComparison.Ordinal);
        JsonNode annotate = cli.Json("o/run.json")["annotate"]!;
        JsonNode figures = annotate["endpoints"]!["respond"]!;
        Assert.Equal(0L, (long)annotate["scored"]!);
        Assert.Equal((server.Asked.Count, server.Asked.Count), ((int)figures["asked"]!, (int)figures["answered"]!));
        Assert.Equal(server.Requests - server.Asked.Count, (int)figures["throttled"]!);
        Assert.Equal(2 * server.Asked.Count, (int)figures["completionTokens"]!);
        cli.Run("export", "--pool", "w", "--columns", "quality", "--to", "after.jsonl").Expect(0);
        Assert.Equal(cli.Lines("before.jsonl"), cli.Lines("after.jsonl"));
        cli.Run("export", "--pool", "w", "--columns", "quality,response,necessity", "--to", "all.jsonl").Expect(0);
        JsonNode[] rows = [.. cli.Lines("all.jsonl").Select(line => JsonNode.Parse(line)!)];
        Assert.All(rows, row => Assert.Equal(row["quality"] is { } quality && (double)quality > -1, ((string?)row["response"])?.StartsWith("I was asked: ", StringComparison.Ordinal) == true));
        Assert.All(rows, row => Assert.Equal(row["response"] is null, row["necessity"] is null));
        Assert.Contains(rows, row => row["quality"] is not null && row["response"] is null);
        Assert.Contains(rows, row => row["necessity"] is not null);

        int requests = server.Requests;
        Assert.Contains("scored nothing again", cli.Run(asking).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests);
        cli.Run("verify", "w").Expect(0);

        // What the pool of a fresh start knows is asked again: --fresh takes the answers too.
        cli.Run([.. asking, "--fresh"]).Expect(0);
        Assert.True(server.Requests >= requests + server.Asked.Count - 1);
    }

    [Fact]
    public async Task Run_KeyRefused_EndsWithTheRemedyAndShowsNoKey()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.ErrorAsync(401, "no such key: " + request.Context.Request.Headers.Authorization));
        using Cli cli = new();
        cli.Write("p.json", Pipeline);
        string[] asking = ["run", "p.json", "--work", "w", "--set", "Stages:Respond:Enabled=true", "--set", $"Stages:Respond:Endpoint={server.Address}", "--set", "Stages:Respond:Model=tuned"];
        CliResult refused = cli.Run(asking).Expect(1);
        Assert.Contains("Stages:Respond:KeyVariable", refused.Error, StringComparison.Ordinal);
        CliResult unset = cli.Run([.. asking, "--set", "Stages:Respond:KeyVariable=SLUICE_TEST_NOT_SET"]).Expect(2);
        Assert.Contains("SLUICE_TEST_NOT_SET", unset.Error, StringComparison.Ordinal);
    }
}
