using System.Text.Json;

namespace Sluice.Endpoints;

/// <summary>Reads what a server sent.</summary>
internal static class EndpointReply
{
    private const int Shown = 300;

    /// <summary>The answer in the body of a successful response; anything that is none is a fault worth another attempt.</summary>
    public static Attempt Read(ReadOnlyMemory<byte> body, EndpointApi api)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("choices", out JsonElement choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
            {
                return new Attempt(AttemptKind.Failed, "The server answered without a choice, expected 'choices' with one.");
            }

            if (TextOf(choices[0], api) is not { } text)
            {
                return new Attempt(AttemptKind.Failed, $"The server's choice holds no text, expected it in {(api == EndpointApi.Chat ? "'message.content'" : "'text'")}.");
            }

            bool counts = root.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object;
            return new Attempt(AttemptKind.Answered, text, null, counts ? Count(usage, "prompt_tokens") : 0, counts ? Count(usage, "completion_tokens") : 0);
        }
        catch (JsonException fault)
        {
            return new Attempt(AttemptKind.Failed, $"The server's answer is not valid JSON: {fault.Message}");
        }
    }

    /// <summary>What the body of a refusal says: the message and the code that OpenAI-compatible servers give, else the body's beginning.</summary>
    public static (string Message, string Code) ReadError(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                JsonElement error = root.TryGetProperty("error", out JsonElement inner) ? inner : root;
                if (error.ValueKind == JsonValueKind.String)
                {
                    return (Shorten(error.GetString()!), "");
                }

                if (error.ValueKind == JsonValueKind.Object)
                {
                    string message = Text(error, "message") is { Length: > 0 } said ? said : error.GetRawText();
                    return (Shorten(message), $"{Text(error, "code")} {Text(error, "type")} {Text(error, "param")}");
                }
            }
        }
        catch (JsonException)
        {
            // A proxy's page, most often: shown as it is.
        }

        return (Shorten(System.Text.Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 4 * Shown)])), "");
    }

    private static string? TextOf(JsonElement choice, EndpointApi api)
    {
        if (choice.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (api == EndpointApi.Completions)
        {
            return choice.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }

        return choice.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String ? content.GetString() : null;
    }

    private static long Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) && count > 0 ? count : 0;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length > Shown ? line[..Shown] + "…" : line;
    }
}
