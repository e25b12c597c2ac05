using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sluice.Tests.Endpoints;

/// <summary>One request to the <see cref="FakeServer"/>, and the ways to treat it.</summary>
/// <param name="Context">The connection.</param>
/// <param name="Body">The request's JSON.</param>
/// <param name="Question">The last message, or the prompt.</param>
/// <param name="Number">1 for the first request of all.</param>
/// <param name="Times">1 when this question arrives for the first time.</param>
internal sealed record FakeRequest(HttpContext Context, JsonNode Body, string Question, int Number, int Times)
{
    public string Path => Context.Request.Path;

    public bool IsChat => Path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public static async Task<FakeRequest> ReadAsync(HttpContext context, int number)
    {
        JsonNode body = (await JsonNode.ParseAsync(context.Request.Body))!;
        string question = (string?)body["prompt"] ?? (string)body["messages"]!.AsArray()[^1]!["content"]!;
        return new FakeRequest(context, body, question, number, 0);
    }

    public Task AnswerAsync(string text) => RawAsync(200, JsonSerializer.Serialize(new
    {
        choices = new object[] { IsChat ? new { message = new { role = "assistant", content = text } } : new { text } },
        usage = new { prompt_tokens = 3, completion_tokens = 2 },
    }));

    public Task ErrorAsync(int status, string message, string code = "", string? retryAfter = null)
    {
        if (retryAfter is not null)
        {
            Context.Response.Headers.RetryAfter = retryAfter;
        }

        return RawAsync(status, JsonSerializer.Serialize(new { error = new { message, code } }));
    }

    public async Task RawAsync(int status, string body)
    {
        Context.Response.StatusCode = status;
        Context.Response.ContentType = "application/json";
        await Context.Response.WriteAsync(body);
    }

    /// <summary>Never answers; ends when the client hangs up.</summary>
    public Task StallAsync() => Task.Delay(Timeout.Infinite, Context.RequestAborted);

    /// <summary>Promises a body, sends its beginning and breaks the connection.</summary>
    public async Task CutAsync()
    {
        Context.Response.ContentLength = 1000;
        await Context.Response.WriteAsync("""{"choices":[{"message":{"content":"Hal""");
        await Context.Response.Body.FlushAsync();
        Context.Abort();
    }
}
