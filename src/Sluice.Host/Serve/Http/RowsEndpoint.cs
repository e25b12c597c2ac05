using Microsoft.AspNetCore.Http;
using Sluice.Host.Serve.State;
using Sluice.Host.Serve.Units;
using Sluice.Runs.Inbox;

namespace Sluice.Host.Serve.Http;

/// <summary>
/// <c>POST /rows</c>: JSON Lines in, answered once the pool has committed them. The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header) makes a request that is
/// sent again the same request.
/// </summary>
internal sealed class RowsEndpoint(UnitSet units)
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;

    // Another site's page can make a browser send none of these without being allowed to first.
    private static readonly string[] s_types = ["application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/json-lines", "application/json"];

    /// <summary>Takes the rows of a request.</summary>
    public async Task TakeAsync(HttpContext context)
    {
        if (await Routes.UnitAsync(context, units) is not { } unit)
        {
            return;
        }

        string type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!s_types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, $"Found the content type '{type}', expected {string.Join(", ", s_types)}: JSON Lines, one object a line.");
            return;
        }

        string? key = context.Request.Headers[KeyHeader];
        if (key is not null && (key.Length is 0 or > LongestKey || key.Any(c => c is <= ' ' or > '~')))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"Found a key of {key.Length} characters in {KeyHeader}, expected 1 to {LongestKey} visible ASCII ones, such as a UUID.");
            return;
        }

        try
        {
            InboxAnswer answer = await unit.Inbox.TakeAsync(context.Request.Body, key, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(answer, ServiceState.Json, context.RequestAborted);
        }
        catch (InboxRefusal refusal)
        {
            await Problem.WriteAsync(context, Status(refusal.Reason), refusal.Message, again: refusal.Reason is InboxReason.Full or InboxReason.Closed or InboxReason.Late or InboxReason.NoSpace);
        }
        catch (BadHttpRequestException fault)
        {
            await Problem.WriteAsync(context, fault.StatusCode, $"The body could not be read: {fault.Message}");
        }
        catch (InvalidDataException fault)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"The body could not be unpacked: {fault.Message}");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer. Rows that were whole are committed, and known under their key.
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private static int Status(InboxReason reason) => reason switch
    {
        InboxReason.Empty => StatusCodes.Status400BadRequest,
        InboxReason.TooLarge => StatusCodes.Status413PayloadTooLarge,
        InboxReason.OtherBody => StatusCodes.Status422UnprocessableEntity,
        InboxReason.Full => StatusCodes.Status429TooManyRequests,
        InboxReason.NoSpace => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
