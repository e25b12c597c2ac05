using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sluice.Tests.Endpoints;

/// <summary>A real HTTP server that speaks the OpenAI dialect and does to each request what the test says. Counts how often each question arrived.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private int _requests;
    private int _inside;
    private int _most;

    private FakeServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First() + "/v1";

    /// <summary>Question to how often it arrived.</summary>
    public IReadOnlyDictionary<string, int> Asked => _asked;

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Most requests seen inside at once.</summary>
    public int MostAtOnce => Volatile.Read(ref _most);

    public int Inside => Volatile.Read(ref _inside);

    public static async Task<FakeServer> StartAsync(Func<FakeRequest, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        FakeServer server = new(app);
        app.Run(context => server.TakeAsync(context, answer));
        await app.StartAsync();
        return server;
    }

    public void Forget()
    {
        _asked.Clear();
        Volatile.Write(ref _requests, 0);
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context, Func<FakeRequest, Task> answer)
    {
        int number = Interlocked.Increment(ref _requests);
        int inside = Interlocked.Increment(ref _inside);
        for (int most = Volatile.Read(ref _most); inside > most && Interlocked.CompareExchange(ref _most, inside, most) != most; most = Volatile.Read(ref _most))
        {
        }

        try
        {
            FakeRequest request = await FakeRequest.ReadAsync(context, number);
            await answer(request with { Times = _asked.AddOrUpdate(request.Question, 1, static (_, times) => times + 1) });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}
