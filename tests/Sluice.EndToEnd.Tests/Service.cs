using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sluice.EndToEnd.Tests;

/// <summary>A running <c>sluice serve</c>, with its address and what it said so far.</summary>
internal sealed partial class Service : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = [];
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Service(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public HttpClient Http { get; } = new() { Timeout = s_patience };

    public string Said => string.Join('\n', _said);

    /// <summary>Starts the service on a free port and waits until it listens.</summary>
    public static async Task<Service> StartAsync(Cli cli, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Service service = new(cli.Start(["serve", .. arguments, "--set", "Serve:Http:Url=http://127.0.0.1:0"], environment));
        try
        {
            service.Http.BaseAddress = new Uri(await service._address.Task.WaitAsync(s_patience));
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <summary>Sends rows.</summary>
    public async Task<(int Status, JsonNode Answer)> PostAsync(string rows, string? key = null, string path = "/rows", string type = "application/x-ndjson")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(rows)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<JsonNode> PipelineAsync(int at = 0) => JsonNode.Parse(await Http.GetStringAsync("/api/state"))!["pipelines"]![at]!;

    /// <summary>Waits until something holds of the service.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.False(_process.HasExited, $"The service ended while it was waited until {what}.\n{Said}");
            Assert.True(waited.Elapsed < s_patience, $"Waited in vain until {what}.\n{Said}");
            await Task.Delay(50);
        }
    }

    public void Signal(string name) => Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Waits for the end; returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        Signal("TERM");
        return await EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        Http.Dispose();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _address.TrySetException(new InvalidOperationException($"The service ended before it listened.\n{Said}"));
            return;
        }

        _said.Enqueue(line);
        if (Address().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(match.Groups[1].Value);
        }
    }

    [GeneratedRegex("Serving .* at (http://[0-9.:]+) ")]
    private static partial Regex Address();
}
