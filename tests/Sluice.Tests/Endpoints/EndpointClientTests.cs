using System.Collections.Concurrent;
using System.Globalization;
using Sluice.Endpoints;

namespace Sluice.Tests.Endpoints;

public sealed class EndpointClientTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true, "/v1/chat/completions")]
    [InlineData(false, "/v1/completions")]
    public async Task AskAsync_Answer_IsTheTextAsItCame(bool isChat, string path)
    {
        string? authorization = null;
        await using FakeServer server = await FakeServer.StartAsync(request =>
        {
            authorization = request.Context.Request.Headers.Authorization;
            Assert.Equal(path, request.Path);
            Assert.Equal(("tuned", 7, 0.5, 11), ((string)request.Body["model"]!, (int)request.Body["max_tokens"]!, (double)request.Body["temperature"]!, (int)request.Body["seed"]!));
            return request.AnswerAsync(" Ja é\n ");
        });
        EndpointMeter meter = new("respond");
        EndpointSettings settings = Settings(server) with { Api = isChat ? EndpointApi.Chat : EndpointApi.Completions, Key = "s3cret", MaxTokens = 7, Temperature = 0.5, Seed = 11 };
        using EndpointClient client = new(settings, meter, TimeProvider.System);
        EndpointAnswer answer = await client.AskAsync(Body(settings, "Oui?"), default).WaitAsync(s_long);
        Assert.Equal(new EndpointAnswer(" Ja é\n ", null), answer);
        Assert.Equal("Bearer s3cret", authorization);
        Assert.Equal((1L, 1L, 3L, 2L), (meter.Asked, meter.Answered, meter.PromptTokens, meter.CompletionTokens));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("cut")]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("no text")]
    [InlineData("too long")]
    public async Task AskAsync_BrokenTwice_IsAskedAgainAfterGrowingWaits(string fault)
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.Number > 2 ? request.AnswerAsync("yes") : fault switch
        {
            "500" => request.ErrorAsync(500, "out of memory"),
            "cut" => request.CutAsync(),
            "garbage" => request.RawAsync(200, "<html>hello"),
            "empty" => request.RawAsync(200, """{"choices":[]}"""),
            "no text" => request.RawAsync(200, """{"choices":[{"message":{"content":null}}]}"""),
            _ => request.RawAsync(200, new string(' ', 17 << 20)),
        });
        EndpointMeter meter = new("respond");
        JumpingTime time = new();
        using EndpointClient client = new(Settings(server), meter, time);
        EndpointAnswer answer = await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long);
        Assert.Equal("yes", answer.Text);
        Assert.Equal((1L, 1L, 2L, 0L, 0L), (meter.Asked, meter.Answered, meter.Retried, meter.Throttled, meter.Failed));
        Assert.Equal(2, time.Waits.Count);
        Assert.All(time.Waits, wait => Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task AskAsync_BrokenWithRetryAfter_WaitsThatLongItself()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.Number == 1 ? request.ErrorAsync(500, "restarting", "", "90") : request.AnswerAsync("yes"));
        JumpingTime time = new();
        using EndpointClient client = new(Settings(server), new EndpointMeter("respond"), time);
        Assert.Equal("yes", (await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long)).Text);
        Assert.Equal([TimeSpan.FromSeconds(90)], time.Waits);
    }

    [Fact]
    public async Task AskAsync_BrokenForGood_GivesUpAndSaysWhy()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.ErrorAsync(502, "no worker is alive"));
        EndpointMeter meter = new("respond");
        using EndpointClient client = new(Settings(server) with { Retries = 3 }, meter, new JumpingTime());
        EndpointAnswer answer = await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long);
        Assert.Null(answer.Text);
        Assert.Contains("status 502", answer.Failure, StringComparison.Ordinal);
        Assert.Contains("no worker is alive", answer.Failure, StringComparison.Ordinal);
        Assert.Equal((4, 3L, 1L), (server.Requests, meter.Retried, meter.Failed));
    }

    [Fact]
    public async Task AskAsync_StallsPastTheTimeout_NamesTheOption()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.StallAsync());
        using EndpointClient client = new(Settings(server) with { Timeout = TimeSpan.FromSeconds(0.2), Retries = 0 }, new EndpointMeter("respond"), TimeProvider.System);
        EndpointAnswer answer = await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long);
        Assert.Contains("within 0.2 s (Stages:Respond:TimeoutSeconds)", answer.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_NobodyListens_IsAFailureOfTheRow()
    {
        EndpointSettings settings;
        await using (FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync("")))
        {
            settings = Settings(server);
        }

        using EndpointClient client = new(settings, new EndpointMeter("respond"), new JumpingTime());
        Assert.Contains("failed", (await client.AskAsync(Body(settings, "a"), default).WaitAsync(s_long)).Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(503, false)]
    [InlineData(429, true)]
    public async Task AskAsync_RetryAfter_HoldsAllRequestsBackThatLong(int status, bool asDate)
    {
        JumpingTime time = new();
        DateTimeOffset refused = default;
        ConcurrentBag<DateTimeOffset> later = [];
        await using FakeServer server = await FakeServer.StartAsync(request =>
        {
            if (request.Number == 1)
            {
                refused = time.GetUtcNow();
                return request.ErrorAsync(status, "slow down", "", asDate ? refused.AddSeconds(7).ToString("R", CultureInfo.InvariantCulture) : "7");
            }

            later.Add(time.GetUtcNow());
            return request.AnswerAsync("yes");
        });
        EndpointMeter meter = new("respond");
        using EndpointClient client = new(Settings(server) with { Retries = 0 }, meter, time);
        Assert.Equal("yes", (await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long)).Text);
        Assert.Equal("yes", (await client.AskAsync(Body(Settings(server), "b"), default).WaitAsync(s_long)).Text);
        Assert.All(later, asked => Assert.True(asked >= refused.AddSeconds(7), $"asked at {asked}, refused at {refused}"));
        Assert.Equal((1L, 0L, 2L), (meter.Throttled, meter.Retried, meter.Answered));
    }

    [Fact]
    public async Task AskAsync_ThrottledWithoutAWord_NarrowsAndRecovers()
    {
        bool isBusy = true;
        await using FakeServer server = await FakeServer.StartAsync(request => Volatile.Read(ref isBusy) ? request.ErrorAsync(429, "busy") : request.AnswerAsync("yes"));
        EndpointMeter meter = new("respond");
        using EndpointClient client = new(Settings(server) with { Concurrency = 16, MaxThrottles = 3 }, meter, new JumpingTime());
        Assert.Contains("status 429", (await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long)).Failure, StringComparison.Ordinal);
        Assert.Equal((4, 1), (server.Requests, client.Width));
        Volatile.Write(ref isBusy, false);
        for (int i = 0; i < 200; i++)
        {
            await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long);
        }

        Assert.Equal(16, client.Width);
    }

    [Theory]
    [InlineData(401, "Incorrect API key provided: s3cret", "invalid_api_key", "Stages:Respond:KeyVariable")]
    [InlineData(403, "no", "", "Stages:Respond:KeyVariable")]
    [InlineData(404, "no such path", "", "Stages:Respond:Endpoint")]
    [InlineData(400, "The model `tuned` does not exist.", "", "Stages:Respond:Model")]
    [InlineData(400, "unknown", "model_not_found", "Stages:Respond:Model")]
    [InlineData(429, "You exceeded your current quota", "insufficient_quota", "quota")]
    [InlineData(302, "elsewhere", "", "Stages:Respond:Endpoint")]
    public async Task AskAsync_RefusedForAll_ThrowsAtOnceWithTheRemedyAndWithoutTheKey(int status, string message, string code, string remedy)
    {
        await using FakeServer server = await FakeServer.StartAsync(request =>
        {
            request.Context.Response.Headers.Location = "http://localhost:1/elsewhere";
            return request.ErrorAsync(status, message, code);
        });
        using EndpointClient client = new(Settings(server) with { Key = "s3cret" }, new EndpointMeter("respond"), new JumpingTime());
        EndpointException fault = await Assert.ThrowsAsync<EndpointException>(() => client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long));
        Assert.Contains($"Found status {status}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Expected", fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task AskAsync_QuestionTooLong_IsRefusedOnceAndNotAskedAgain()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.ErrorAsync(400, "maximum context length is 2048 tokens", "context_length_exceeded"));
        EndpointMeter meter = new("respond");
        using EndpointClient client = new(Settings(server), meter, new JumpingTime());
        Assert.Contains("2048 tokens", (await client.AskAsync(Body(Settings(server), "a"), default).WaitAsync(s_long)).Failure, StringComparison.Ordinal);
        Assert.Equal((1, 1L, 0L), (server.Requests, meter.Failed, meter.Retried));
    }

    [Fact]
    public async Task AskAsync_ManyAtOnce_NeverMoreThanTheConcurrency()
    {
        using SemaphoreSlim full = new(0);
        FakeServer? started = null;
        await using FakeServer server = await FakeServer.StartAsync(async request =>
        {
            // The first three wait for each other: the road is really used to its width.
            if (request.Number <= 3)
            {
                if (request.Number == 3)
                {
                    full.Release(3);
                }

                await full.WaitAsync();
            }

            await request.AnswerAsync(request.Question);
        });
        started = server;
        using EndpointClient client = new(Settings(server) with { Concurrency = 3 }, new EndpointMeter("respond"), TimeProvider.System);
        EndpointAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => client.AskAsync(Body(Settings(server), $"q{i}"), default))).WaitAsync(s_long);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"q{i}"), answers.Select(a => a.Text));
        Assert.Equal(3, started.MostAtOnce);
    }

    [Fact]
    public async Task AskAsync_Cancelled_EndsThoughTheServerStalls()
    {
        using CancellationTokenSource stop = new();
        await using FakeServer server = await FakeServer.StartAsync(async request =>
        {
            await stop.CancelAsync();
            await request.StallAsync();
        });
        using EndpointClient client = new(Settings(server), new EndpointMeter("respond"), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AskAsync(Body(Settings(server), "a"), stop.Token).WaitAsync(s_long));
    }

    internal static EndpointSettings Settings(FakeServer server) => new()
    {
        Section = "Stages:Respond",
        Address = new Uri(server.Address),
        Api = EndpointApi.Chat,
        Model = "tuned",
        Concurrency = 8,
        Timeout = TimeSpan.FromMinutes(10),
        Retries = 4,
        MaxThrottles = 20,
    };

    private static byte[] Body(EndpointSettings settings, string question) => settings.Api == EndpointApi.Chat
        ? EndpointRequest.Chat(settings, [new ChatMessage("user", question)])
        : EndpointRequest.Completion(settings, question);
}
