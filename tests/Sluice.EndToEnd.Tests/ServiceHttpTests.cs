using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>The hosted service over HTTP, as its clients see it.</summary>
public sealed class ServiceHttpTests : IDisposable
{
    private const string Pipeline = """
        { "Name": "house", "Sources": [ { "Path": "drop" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 1000 } ],
          "Serve": { "PollInterval": "00:00:00.2", "SettleTime": "00:00:00.4", "CommitInterval": "00:00:00.2", "SelectInterval": "00:00:00.5" } }
        """;

    private const string Token = "a-token-of-more-than-16";
    private readonly Cli _cli = new();

    public ServiceHttpTests()
    {
        Directory.CreateDirectory(_cli["drop"]);
        _cli.Write("p.json", Pipeline);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Rows_AreAcknowledgedOnceCommitted_AndAKeyTakesThemOnce()
    {
        using (Service service = await Service.StartAsync(_cli, ["p.json"]))
        {
            (int status, JsonNode answer) = await service.PostAsync(Rows(0, 5) + "no json\n" + Rows(0, 1), "first");
            Assert.Equal(200, status);
            Assert.Equal((7, 5, 1, 1), ((int)answer["rows"]!, (int)answer["annotated"]!, (int)answer["duplicate"]!, (int)answer["rejected"]!));
            Assert.Equal(6, (int)answer["rejects"]![0]!["line"]!);
            // Whoever reads the pool now finds them.
            Assert.Equal(5, _cli.Run("export", "--pool", "runs/house/work", "--columns", "quality", "--to", "q.csv").Expect(0) is not null ? _cli.Lines("q.csv").Length - 2 : 0);
            (status, answer) = await service.PostAsync(Rows(0, 5) + "no json\n" + Rows(0, 1), "first");
            Assert.True(status == 200 && (bool)answer["repeated"]!);
            (status, answer) = await service.PostAsync(Rows(0, 6), "first");
            Assert.Equal(422, status);
            Assert.Contains("another body", (string)answer["error"]!, StringComparison.Ordinal);
            _cli.Write("drop/f.jsonl", Rows(10, 14));
            await service.UntilAsync(async () => (long)(await service.PipelineAsync())["counts"]!["annotated"]! == 9, "the file is in");
            await service.UntilAsync(async () => (await service.PipelineAsync())["selection"]?["rows"]?.GetValue<long>() == 9, "all is selected");
            Assert.Equal(0, await service.StopAsync());
        }

        JsonNode manifest = _cli.Json("runs/house/out/run.json");
        Assert.Equal(["http/000000.jsonl", "f.jsonl"], manifest["files"]!.AsArray().Select(f => (string)f!["name"]!));
        _cli.Run("verify", "runs/house/work").Expect(0);
        // What a service began a run goes on with, rows over HTTP included.
        Assert.Contains("scored nothing again", _cli.Run("run", "p.json").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_ServiceIsKilled_AcknowledgedOnesAreThereOnce()
    {
        List<string> acknowledged = [];
        for (int life = 0; life < 3; life++)
        {
            using Service service = await Service.StartAsync(_cli, ["p.json"]);
            using CancellationTokenSource over = new();
            // From the second life on all of the earlier ones are sent again.
            Task[] clients = [.. Enumerable.Range(0, 4).Select(async client =>
            {
                for (int i = 0; !over.IsCancellationRequested && i < 40; i++)
                {
                    string key = $"{client}-{i}";
                    try
                    {
                        if ((await service.PostAsync(Rows((client * 1000) + (i * 3), (client * 1000) + (i * 3) + 3), key)).Status == 200)
                        {
                            lock (acknowledged)
                            {
                                acknowledged.Add(key);
                            }
                        }
                    }
                    catch (HttpRequestException)
                    {
                        return;
                    }
                }
            })];
            await service.UntilAsync(() => Task.FromResult(acknowledged.Count > (life + 1) * 30), "some are acknowledged");
            if (life < 2)
            {
                service.Signal("KILL");
                await service.EndAsync();
            }

            await over.CancelAsync();
            await Task.WhenAll(clients);
            if (life == 2)
            {
                Assert.Equal(0, await service.StopAsync());
            }
        }

        _cli.Run("verify", "runs/house/work").Expect(0);
        _cli.Run("export", "--pool", "runs/house/work", "--columns", "source", "--to", "s.csv").Expect(0);
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        foreach (string line in Directory.EnumerateDirectories(_cli["runs/house/work/pool/segments"]).SelectMany(s => File.ReadLines(Path.Combine(s, "rows.jsonl"))))
        {
            found[line] = found.GetValueOrDefault(line) + 1;
        }

        Assert.All(found.Values, times => Assert.Equal(1, times));
        foreach (string key in acknowledged.Distinct())
        {
            int[] parts = [.. key.Split('-').Select(int.Parse)];
            Assert.All(Rows((parts[0] * 1000) + (parts[1] * 3), (parts[0] * 1000) + (parts[1] * 3) + 3).Split('\n', StringSplitOptions.RemoveEmptyEntries), row => Assert.True(found.ContainsKey(row), $"{key} is lost: {row}"));
        }
    }

    [Fact]
    public async Task Stop_RequestsUnderWay_AreCommittedAndAnswered()
    {
        using Service service = await Service.StartAsync(_cli, ["p.json", "--set", "Serve:CommitInterval=00:00:05"]);
        Assert.Equal(200, (await service.PostAsync(Rows(0, 2))).Status);
        Task<(int Status, JsonNode Answer)> waiting = service.PostAsync(Rows(2, 5));
        await service.UntilAsync(async () => (int)(await service.PipelineAsync())["inbox"]!["requests"]! == 1, "it waits");
        service.Signal("TERM");
        Assert.Equal((200, 3), ((await waiting).Status, (int)(await waiting).Answer["annotated"]!));
        Assert.Equal(0, await service.EndAsync());
    }

    [Fact]
    public async Task Token_IsAskedForEverywhereButAtHealthAndThePagesOwnFiles()
    {
        using Service service = await Service.StartAsync(_cli, ["p.json", "--set", "Serve:Http:TokenVariable=SLUICE_TEST_TOKEN"], new Dictionary<string, string> { ["SLUICE_TEST_TOKEN"] = Token });
        foreach (string open in (string[])["/health", "/health/live", "/health/ready", "/", "/app.js", "/app.css"])
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync(open)).StatusCode);
        }

        foreach (string closed in (string[])["/api/state", "/api/events", "/metrics", "/pipelines/house/report", "/nothing"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await service.Http.GetAsync(closed)).StatusCode);
        }

        Assert.Equal(401, (await service.PostAsync(Rows(0, 1))).Status);
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x");
        Assert.Equal(401, (await service.PostAsync(Rows(0, 1))).Status);
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(200, (await service.PostAsync(Rows(0, 1))).Status);
        Assert.DoesNotContain(Token, service.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void AddressThatOthersReach_WithoutAToken_DoesNotStart()
    {
        string error = _cli.Run("serve", "p.json", "--set", "Serve:Http:Url=http://0.0.0.0:0").Expect(2).Error;
        Assert.Contains("Serve:Http:Url", error, StringComparison.Ordinal);
        Assert.Contains("TokenFile", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli["runs"]));
    }

    [Fact]
    public async Task HostileRequests_AreRefusedAndChangeNothing()
    {
        _cli.Write("secret.txt", "secret");
        using Service service = await Service.StartAsync(_cli, ["p.json", "--set", "Serve:Http:MaxBodyBytes=2000", "--set", "Serve:Http:RequestsPerSecond=0"]);
        Assert.Equal(413, (await service.PostAsync(Rows(0, 100))).Status);
        Assert.Equal(400, (await service.PostAsync("\n\n")).Status);
        Assert.Equal(415, (await service.PostAsync(Rows(0, 1), type: "text/plain")).Status);
        Assert.Equal(400, (await service.PostAsync(Rows(0, 1), key: new string('k', 201))).Status);
        Assert.Equal(404, (await service.PostAsync(Rows(0, 1), path: "/pipelines/other/rows")).Status);
        foreach (string path in (string[])
        [
            "/../../secret.txt", "/..%2f..%2fsecret.txt", "/pipelines/..%2f..%2fsecret.txt/report", "/pipelines/%2e%2e/report", "/app.js/../../secret.txt", "/pipelines/house/report/../../../secret.txt", "//etc/passwd",
        ])
        {
            string answer = await RawAsync(service, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 40[04] ", answer);
            Assert.DoesNotContain("secret\n", answer, StringComparison.Ordinal);
        }

        // A name that an attacker's server was made to resolve to this machine.
        Assert.StartsWith("HTTP/1.1 421 ", await RawAsync(service, "GET /api/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await RawAsync(service, $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 20000)}\r\n\r\n"), StringComparison.Ordinal);
        // Twice the length in a body packed a hundredfold: what counts is what it unpacks to.
        using MemoryStream packed = new();
        await using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[100_000]);
        }

        using HttpRequestMessage bomb = new(HttpMethod.Post, "/rows") { Content = new ByteArrayContent(packed.ToArray()) };
        bomb.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        bomb.Content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await service.Http.SendAsync(bomb)).StatusCode);

        JsonNode pipeline = await service.PipelineAsync();
        Assert.Equal((0, "ok"), ((int)pipeline["counts"]!["read"]!, (string)pipeline["status"]!));
        Assert.Empty(Directory.EnumerateFiles(_cli["runs/house/work/inbox/incoming"]));
    }

    [Fact]
    public async Task Gzip_IsUnpacked()
    {
        using Service service = await Service.StartAsync(_cli, ["p.json"]);
        using MemoryStream packed = new();
        await using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Rows(0, 3)));
        }

        using HttpRequestMessage request = new(HttpMethod.Post, "/rows") { Content = new ByteArrayContent(packed.ToArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Content.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage response = await service.Http.SendAsync(request);
        Assert.Equal(3, (int)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["annotated"]!);
    }

    [Fact]
    public async Task TooManyRequests_AreTurnedAwayWithATimeToComeBack()
    {
        using Service service = await Service.StartAsync(_cli, ["p.json", "--set", "Serve:Http:RequestsPerSecond=1"]);
        HttpResponseMessage? refused = null;
        for (int i = 0; i < 50 && refused is null; i++)
        {
            HttpResponseMessage response = await service.Http.GetAsync("/api/state");
            refused = response.StatusCode == HttpStatusCode.TooManyRequests ? response : null;
        }

        Assert.NotNull(refused?.Headers.RetryAfter);
    }

    [Fact]
    public async Task Selection_OnRequest_UsesTheRecipeOfNow()
    {
        _cli.Write("p.json", Pipeline.Replace("\"SelectInterval\"", "\"SelectAfterIngest\": false, \"SelectInterval\"", StringComparison.Ordinal));
        using Service service = await Service.StartAsync(_cli, ["p.json"]);
        Assert.Equal(409, (await SelectAsync(service)).Status);
        await service.PostAsync(Rows(0, 9));
        Assert.Equal(404, (int)(await service.Http.GetAsync("/pipelines/house/report")).StatusCode);
        Assert.Equal(202, (await SelectAsync(service)).Status);
        await service.UntilAsync(async () => (await service.PipelineAsync())["selection"]?["rows"]?.GetValue<long>() == 9, "all is selected");
        Assert.Contains("<html", await service.Http.GetStringAsync("/pipelines/house/report"), StringComparison.Ordinal);

        // A mistyped file is refused and named, and what was in force stays.
        _cli.Write("p.json", Pipeline.Replace("\"Count\": 1000", "\"Cuont\": 4", StringComparison.Ordinal));
        await service.UntilAsync(async () => (string)(await service.PipelineAsync())["status"]! == "degraded", "the mistake is seen");
        Assert.Contains("Did you mean 'Count'?", (string)(await service.PipelineAsync())["reasons"]![0]!, StringComparison.Ordinal);
        _cli.Write("p.json", Pipeline.Replace("\"Count\": 1000", "\"Count\": 4", StringComparison.Ordinal));
        await service.UntilAsync(async () => (await service.PipelineAsync())["selection"]?["rows"]?.GetValue<long>() == 4, "four are selected");
        Assert.Equal("ok", (string)(await service.PipelineAsync())["status"]!);
        Assert.Contains("Configuration taken: Recipe", service.Said, StringComparison.Ordinal);
        Assert.Equal(10, (await service.PostAsync(Rows(20, 30))).Answer["annotated"]!.GetValue<int>());
    }

    [Fact]
    public async Task Reload_WhatAPoolWasBegunWith_IsRefusedAndSaid()
    {
        using Service service = await Service.StartAsync(_cli, ["p.json"]);
        await service.PostAsync(Rows(0, 9));
        _cli.Write("p.json", Pipeline.Replace("\"Sources\"", "\"Flow\": { \"BatchRows\": 64 }, \"Sources\"", StringComparison.Ordinal));
        await service.UntilAsync(async () => (string)(await service.PipelineAsync())["status"]! == "degraded", "it is refused");
        Assert.Contains("Flow:BatchRows", (string)(await service.PipelineAsync())["reasons"]![0]!, StringComparison.Ordinal);
        Assert.Equal(200, (await service.PostAsync(Rows(20, 30))).Status);
    }

    [Fact]
    public async Task SeveralPipelines_EachHasItsPoolAndOneMayFailAlone()
    {
        _cli.Write("a.json", """{ "Name": "a", "Sources": [], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 5 } ], "Serve": { "CommitInterval": "00:00:00.1" } }""");
        _cli.Write("b.json", """{ "Name": "b", "Sources": [ { "Path": "bad/*.jsonl" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 5 } ], "Serve": { "PollInterval": "00:00:00.1", "SettleTime": "00:00:00", "MaxFailures": 2 } }""");
        Directory.CreateDirectory(_cli["bad"]);
        using Service service = await Service.StartAsync(_cli, ["a.json", "b.json"]);
        Assert.Equal(404, (await service.PostAsync(Rows(0, 2))).Status);
        Assert.Equal(200, (await service.PostAsync(Rows(0, 2), path: "/pipelines/a/rows")).Status);
        Assert.Equal(200, (await service.PostAsync(Rows(0, 3), path: "/pipelines/b/rows")).Status);
        // The state is looked at once a second.
        await service.UntilAsync(async () => (long)(await service.PipelineAsync(1))["counts"]!["annotated"]! == 3, "b holds its three rows");
        Assert.Equal(2, (int)(await service.PipelineAsync())["counts"]!["annotated"]!);
        // Not one row in a thousand can be used: given up, and named.
        _cli.Write("bad/x.jsonl", string.Concat(Enumerable.Repeat("nothing\n", 2000)));
        await service.UntilAsync(async () => (string)(await service.PipelineAsync(1))["status"]! == "failing", "b has failed");
        Assert.Equal(503, (await service.PostAsync(Rows(9, 12), path: "/pipelines/b/rows")).Status);
        Assert.Equal(200, (await service.PostAsync(Rows(9, 12), path: "/pipelines/a/rows")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.Http.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task Systemd_IsToldReadyAliveAndStopping()
    {
        string name = $"@sluice-e2e-{Guid.NewGuid():N}";
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        manager.Bind(new UnixDomainSocketEndPoint("\0" + name[1..]));
        using Service service = await Service.StartAsync(_cli, ["p.json"], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = name, ["WATCHDOG_USEC"] = "1000000" });
        List<string> heard = [];
        Hear(manager, heard, "WATCHDOG=1");
        Assert.StartsWith("READY=1\n", heard[0], StringComparison.Ordinal);
        service.Signal("HUP");
        Hear(manager, heard, "RELOADING=1");
        service.Signal("TERM");
        Hear(manager, heard, "STOPPING=1");
        Assert.Equal(0, await service.EndAsync());
    }

    [Fact]
    public async Task Metrics_AreReadByPrometheusOwnChecker()
    {
        using Service service = await Service.StartAsync(_cli, ["p.json"]);
        await service.PostAsync(Rows(0, 5));
        await service.UntilAsync(async () => (await service.PipelineAsync())["selection"] is not null, "it has selected");
        string text = await service.Http.GetStringAsync("/metrics");
        Assert.Contains("""sluice_rows_total{pipeline="house",fate="annotated"} 5""", text, StringComparison.Ordinal);
        Assert.Contains("""sluice_http_requests_total{route="/rows",status="200"} 1""", text, StringComparison.Ordinal);
        Assert.Contains("""sluice_stage_rows_total{pipeline="house",stage="quality"} 5""", text, StringComparison.Ordinal);
        if (Promtool() is not { } promtool)
        {
            return;
        }

        using Process check = Process.Start(new ProcessStartInfo(promtool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await check.StandardInput.WriteAsync(text);
        check.StandardInput.Close();
        string said = await check.StandardOutput.ReadToEndAsync() + await check.StandardError.ReadToEndAsync();
        await check.WaitForExitAsync();
        Assert.True(check.ExitCode == 0, said);
    }

    private static string? Promtool() => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, "promtool")).FirstOrDefault(File.Exists);

    private static void Hear(Socket manager, List<string> heard, string until)
    {
        byte[] buffer = new byte[4096];
        do
        {
            heard.Add(Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer)));
        }
        while (!heard[^1].StartsWith(until, StringComparison.Ordinal));
    }

    private static async Task<(int Status, JsonNode Answer)> SelectAsync(Service service)
    {
        using HttpResponseMessage response = await service.Http.PostAsync("/pipelines/house/selections", null);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    // HttpClient mends such addresses before it sends them.
    private static async Task<string> RawAsync(Service service, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(service.Http.BaseAddress!.Host, service.Http.BaseAddress.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using StreamReader reader = new(stream);
        try
        {
            return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string Rows(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i =>
        $$"""{"instruction":"Name river number {{i * 37}} of the list.","output":"The Danube is river {{i * 37}}, it flows through {{(i * 7919) % 1000}} countries."}""" + "\n"));
}
