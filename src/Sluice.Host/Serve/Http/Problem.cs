using Microsoft.AspNetCore.Http;

namespace Sluice.Host.Serve.Http;

/// <summary>An answer that says what was found, what was expected, and what to do.</summary>
/// <param name="Error">The sentence.</param>
internal sealed record Problem(string Error)
{
    /// <summary>Seconds after which a sender that is turned away for now should come back.</summary>
    public const string RetrySeconds = "2";

    /// <summary>Writes the answer.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string error, bool again = false)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = status;
        if (again)
        {
            context.Response.Headers.RetryAfter = RetrySeconds;
        }

        await context.Response.WriteAsJsonAsync(new Problem(error), State.ServiceState.Json, context.RequestAborted);
    }
}
