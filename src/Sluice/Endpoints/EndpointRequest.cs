using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Endpoints;

/// <summary>Writes request bodies. Equal questions with equal settings give equal bytes, whatever the address: their hash is the key of the answer.</summary>
internal static class EndpointRequest
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a chat request.</summary>
    public static byte[] Chat(EndpointSettings settings, IReadOnlyList<ChatMessage> messages) => Write(settings, json =>
    {
        json.WriteStartArray("messages");
        foreach (ChatMessage message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            json.WriteString("content", message.Content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The body of a completion request.</summary>
    public static byte[] Completion(EndpointSettings settings, string prompt) => Write(settings, json => json.WriteString("prompt", prompt));

    private static byte[] Write(EndpointSettings settings, Action<Utf8JsonWriter> question)
    {
        ArrayBufferWriter<byte> bytes = new(1024);
        using Utf8JsonWriter json = new(bytes, s_options);
        json.WriteStartObject();
        json.WriteString("model", settings.Model);
        question(json);
        if (settings.MaxTokens > 0)
        {
            json.WriteNumber("max_tokens", settings.MaxTokens);
        }

        if (settings.Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        if (settings.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        json.WriteBoolean("stream", false);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
