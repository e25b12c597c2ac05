using System.Text.Json;
using Sluice.Configuration;
using Sluice.Endpoints;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Tests.Endpoints;
using Sluice.Topology;

namespace Sluice.Tests.Runs;

/// <summary>Whole annotate runs against a real server: added later, cut off, throttled, refused.</summary>
public sealed class AskRunTests
{
    private const int Rows = 130;
    private const string Necessity = "Stages:Necessity:Enabled=true";

    private static readonly string[] s_questions = [.. Enumerable.Range(0, Rows).Select(RunFixture.Question)];

    [Fact]
    public async Task AnnotateAsync_AddedLater_GivesTheColumnsOfARunFromTheStartAndAsksNothingTwice()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync(request.Question.Replace("Explain", "I explain", StringComparison.Ordinal)));
        using RunFixture run = new(Rows);
        string[] asking = RunFixture.Respond(server.Address, Necessity, "Stages:Respond:Where:Column=quality", "Stages:Respond:Where:Above=-1");
        await run.AnnotateAsync("fresh", asking);
        int asked = server.Requests;
        server.Forget();

        await run.AnnotateAsync("w", []);
        double[] quality = run.Numbers("w", "quality");
        AnnotateReport report = await run.AnnotateAsync("w", asking);

        Assert.Equal(asked, server.Requests);
        Assert.All(server.Asked.Values, times => Assert.Equal(1, times));
        Assert.Equal(["necessity", "response"], report.RescoredColumns);
        Assert.Equal((0L, (long)Rows, asked), (report.Scored, report.Rescored, report.Asking[0].Answered));
        Assert.Equal(quality, run.Numbers("w", "quality"));
        Assert.Equal(quality.Select((q, i) => q > -1 ? RunFixture.Question(i).Replace("Explain", "I explain", StringComparison.Ordinal) : null), run.Texts("w", "response"));
        Assert.Equal(run.Texts("fresh", "response"), run.Texts("w", "response"));
        Assert.Equal(run.Numbers("fresh", "necessity"), run.Numbers("w", "necessity"));
        Assert.Contains(run.Texts("w", "response"), text => text is null);
        Assert.Empty(run.Verify("w"));

        AnnotateReport third = await run.AnnotateAsync("w", asking);
        Assert.Equal((asked, 0L, 0L), (server.Requests, third.Rescored, third.Asking[0].Asked));
    }

    [Fact]
    public async Task AnnotateAsync_ServerRepeatsTheRowsOwnAnswers_NecessityIsQuality()
    {
        Dictionary<string, string> own = Enumerable.Range(0, Rows).ToDictionary(RunFixture.Question, RunFixture.Answer);
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync(own[request.Question]));
        using RunFixture run = new(Rows);
        await run.AnnotateAsync("w", RunFixture.Respond(server.Address, Necessity));
        double[] quality = run.Numbers("w", "quality");
        double[] necessity = run.Numbers("w", "necessity");
        Assert.True(quality.Distinct().Count() > 10);
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(quality[row], necessity[row], 1e-3);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnnotateAsync_CutOffInTheMiddle_AsksEachQuestionOnceButThoseInFlight(bool addedLater)
    {
        using CancellationTokenSource stop = new();
        bool isCut = false;
        await using FakeServer server = await FakeServer.StartAsync(async request =>
        {
            if (!Volatile.Read(ref isCut) && request.Number >= 70)
            {
                await stop.CancelAsync();
                await request.StallAsync();
            }

            await request.AnswerAsync("to " + request.Question);
        });
        using RunFixture run = new(Rows);
        if (addedLater)
        {
            await run.AnnotateAsync("w", []);
        }

        string[] asking = RunFixture.Respond(server.Address);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.AnnotateAsync("w", asking, stop.Token));
        Volatile.Write(ref isCut, true);
        AnnotateReport report = await run.AnnotateAsync("w", asking);

        Assert.Equal(Rows, server.Asked.Count);
        Assert.All(server.Asked.Values, times => Assert.InRange(times, 1, 2));
        Assert.InRange(server.Asked.Values.Count(times => times == 2), 1, 4);
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => "to " + RunFixture.Question(i)), run.Texts("w", "response"));
        Assert.True(report.Asking[0].FromJournal > 0);
        Assert.Empty(run.Verify("w"));
    }

    [Fact]
    public async Task AnnotateAsync_OtherCondition_AsksOnlyWhatWasNeverAnswered()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync("yes"));
        using RunFixture run = new(Rows);
        await run.AnnotateAsync("w", []);
        double[] quality = run.Numbers("w", "quality");
        double[] sorted = [.. quality.Order()];
        await run.AnnotateAsync("w", Where(sorted[80]));
        Assert.Equal(quality.Count(q => q > sorted[80]), server.Requests);
        await run.AnnotateAsync("w", Where(sorted[40]));
        Assert.Equal(quality.Count(q => q > sorted[40]), server.Requests);
        Assert.Equal(quality.Select(q => q > sorted[40] ? "yes" : null), run.Texts("w", "response"));
        // A changed address is no other model; a changed version is.
        await run.AnnotateAsync("w", [.. Where(sorted[40]), $"Stages:Respond:Endpoint={server.Address}/"]);
        Assert.Equal(quality.Count(q => q > sorted[40]), server.Requests);
        server.Forget();
        await run.AnnotateAsync("w", [.. Where(sorted[40]), "Stages:Respond:Version=2"]);
        Assert.Equal(quality.Count(q => q > sorted[40]), server.Requests);

        string[] Where(double above) => RunFixture.Respond(server.Address, "Stages:Respond:Where:Column=quality", FormattableString.Invariant($"Stages:Respond:Where:Above={above:R}"));
    }

    [Fact]
    public async Task AnnotateAsync_ServerThatFailsAndThrottles_AnswersAllInTheEnd()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => (request.Times, Array.IndexOf(s_questions, request.Question) % 16) switch
        {
            (1, 0) => request.ErrorAsync(500, "oops"),
            (1, 1) => request.CutAsync(),
            (1, 2) => request.ErrorAsync(429, "slow", "", "0"),
            _ => request.AnswerAsync("yes"),
        });
        using RunFixture run = new(Rows);
        AnnotateReport report = await run.AnnotateAsync("w", RunFixture.Respond(server.Address));
        Assert.All(run.Texts("w", "response"), text => Assert.Equal("yes", text));
        EndpointMeter meter = report.Asking[0];
        Assert.Equal(((long)Rows, (long)Rows, 0L), (meter.Asked, meter.Answered, meter.Failed));
        Assert.Equal((18L, 8L), (meter.Retried, meter.Throttled));
        Assert.Equal(Rows + 26, server.Requests);
        Assert.Equal((3L * Rows, 2L * Rows), (meter.PromptTokens, meter.CompletionTokens));
    }

    [Fact]
    public async Task AnnotateAsync_AnswersThatNeverCome_LeaveTheRowsNamedUpToTheLimit()
    {
        bool isMended = false;
        await using FakeServer server = await FakeServer.StartAsync(request => request.Question == RunFixture.Question(5) && !Volatile.Read(ref isMended) ? request.RawAsync(200, "nonsense") : request.AnswerAsync("yes"));
        using RunFixture run = new(Rows);
        string[] asking = RunFixture.Respond(server.Address, Necessity, "Stages:Respond:Retries=0");
        await Assert.ThrowsAsync<TooManyUnscoredException>(() => run.AnnotateAsync("w", [.. asking, "Inference:MaxUnscored=0"]));
        AnnotateReport report = await run.AnnotateAsync("w", asking);
        Assert.Equal(1, report.Unscored);
        Assert.Contains("row 6 of", Assert.Single(report.UnscoredFirst), StringComparison.Ordinal);
        Assert.Null(run.Texts("w", "response")[5]);
        Assert.True(double.IsNaN(run.Numbers("w", "necessity")[5]));

        // The row that failed is left as it is until it is asked for again, and then it alone.
        int requests = server.Requests;
        await run.AnnotateAsync("w", asking);
        Assert.Equal(requests, server.Requests);
        Volatile.Write(ref isMended, true);
        AnnotateReport again = await run.AnnotateAsync("w", [.. asking, "Stages:Respond:Round=2"]);
        Assert.Equal((requests + 1, 1L, 0L), (server.Requests, again.Asking[0].Asked, again.Unscored));
        Assert.All(run.Texts("w", "response"), text => Assert.Equal("yes", text));
    }

    [Fact]
    public async Task AnnotateAsync_KeyRefused_EndsTheRunAtOnceAndShowsNoKey()
    {
        const string Variable = "SLUICE_TEST_ENDPOINT_KEY";
        string? sent = null;
        await using FakeServer server = await FakeServer.StartAsync(request =>
        {
            sent = request.Context.Request.Headers.Authorization;
            return request.ErrorAsync(401, $"Incorrect key {sent}", "invalid_api_key");
        });
        using RunFixture run = new(Rows);
        Environment.SetEnvironmentVariable(Variable, "s3cret-key");
        try
        {
            EndpointException fault = await Assert.ThrowsAsync<EndpointException>(() => run.AnnotateAsync("w", RunFixture.Respond(server.Address, $"Stages:Respond:KeyVariable={Variable}")));
            Assert.Equal("Bearer s3cret-key", sent);
            Assert.DoesNotContain("s3cret-key", fault.ToString(), StringComparison.Ordinal);
            Assert.InRange(server.Requests, 1, 4);
            foreach (string file in Directory.EnumerateFiles(run["w"], "*", SearchOption.AllDirectories))
            {
                Assert.DoesNotContain("s3cret-key", File.ReadAllText(file), StringComparison.Ordinal);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Theory]
    [InlineData("row")]
    [InlineData("id")]
    public async Task AnnotateAsync_ResponsesFromAFile_AreTakenAndScored(string key)
    {
        using RunFixture run = new(Rows);
        File.WriteAllLines(run["generated.jsonl"], Enumerable.Range(0, 100).Select(i => key == "row"
            ? JsonSerializer.Serialize(new { row = i, generated = RunFixture.Answer(i) + "</s>" })
            : JsonSerializer.Serialize(new { id = $"rows.jsonl#{i + 1}", generated = RunFixture.Answer(i) + "</s>" })));
        AnnotateReport report = await run.AnnotateAsync("w", ["Stages:Respond:Enabled=true", "Stages:Respond:File=generated.jsonl", "Stages:Respond:StripSuffix=</s>", Necessity]);
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => i < 100 ? RunFixture.Answer(i) : null), run.Texts("w", "response"));
        double[] quality = run.Numbers("w", "quality");
        double[] necessity = run.Numbers("w", "necessity");
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => i >= 100), necessity.Select(double.IsNaN));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(quality[i], necessity[i], 1e-3));
        Assert.Equal((100L, 0L), (report.Asking[0].FromFile, report.Asking[0].Asked));
        Assert.False(Directory.Exists(run["w/pool/answers"]));
    }

    [Fact]
    public async Task AnnotateAsync_OpenTags_AreAColumnOfLists()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync(request.Question.Contains("music", StringComparison.Ordinal)
            ? """[{"tag":"music","explanation":"m"},{"tag":"numbers","explanation":"n"}]"""
            : """[{"tag":"sea","explanation":"s"}]"""));
        using RunFixture run = new(40);
        await run.AnnotateAsync("w", ["Stages:OpenTags:Enabled=true", $"Stages:OpenTags:Endpoint={server.Address}", "Stages:OpenTags:Model=instagger", "Stages:OpenTags:Api=completions"]);
        Assert.Equal(
            Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "music|numbers" : "sea"),
            ((TextListData)run.Column("w", "open_tags")).Values.Select(tags => string.Join('|', tags!)));
        Assert.All(server.Asked.Keys, prompt => Assert.EndsWith(" ASSISTANT:", prompt, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_ManyMistakes_NamesEachWithItsKey()
    {
        using RunFixture run = new(3);
        IReadOnlyList<ConfigurationError> errors = run.Check(
            "Stages:Respond:Enabled=true", "Stages:Respond:Endpoint=localhost:8000", "Stages:Respond:KeyVariable=SLUICE_TEST_NOT_SET", "Stages:Respond:Api=completions",
            "Stages:Respond:Template=alpacca", "Stages:Respond:Where:Column=qualty", "Stages:Respond:Where:Above=0", "Stages:Respond:Where:Below=1",
            "Stages:Respond:Retries=-1", "Stages:Respond:Nonsense=1",
            "Stages:Necessity:Enabled=true", "Stages:Necessity:Model=qualitty",
            "Stages:OpenTags:Enabled=true", "Stages:OpenTags:Endpoint=http://me:key@host/v1", "Stages:OpenTags:File=no.jsonl", "Stages:OpenTags:Where:Above=1");
        string all = string.Join('\n', errors);
        foreach (string key in (string[])
        [
            "Stages:Respond:Endpoint: Found 'localhost:8000'", "Stages:Respond:Model", "Stages:Respond:KeyVariable", "Stages:Respond:Template", "Stages:Respond:Where:Column", "Stages:Respond:Where:",
            "Stages:Respond:Retries", "Stages:Respond:Nonsense", "Stages:OpenTags:Endpoint: Found both", "Stages:OpenTags:File", "Stages:OpenTags:Where:Column",
        ])
        {
            Assert.Contains(key, all, StringComparison.Ordinal);
        }

        Assert.Contains("Did you mean 'quality'?", all, StringComparison.Ordinal);
        Assert.Contains("found neither", string.Join('\n', run.Check("Stages:Respond:Enabled=true")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Stages:Necessity:Enabled", string.Join('\n', run.Check("Stages:Necessity:Enabled=true")), StringComparison.Ordinal);
        string hidden = string.Join('\n', run.Check("Stages:OpenTags:Enabled=true", "Stages:OpenTags:Endpoint=http://me:key@host/v1", "Stages:OpenTags:Model=m"));
        Assert.Contains("environment variable", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("me:key", hidden, StringComparison.Ordinal);
    }
}
