using System.Text.Json;
using System.Text.Unicode;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Writes a rejection as a line of <c>rejects.jsonl</c>: place, stage, reason and the raw bytes (as text where they are UTF-8, else base64).</summary>
internal static class RejectLine
{
    public static void Write(Stream to, Rejection rejection, string file)
    {
        using (Utf8JsonWriter writer = new(to, new JsonWriterOptions { Encoder = PoolJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WriteNumber("number", rejection.Origin.Number);
            writer.WriteNumber("offset", rejection.Origin.Offset);
            writer.WriteString("stage", rejection.Stage);
            writer.WriteString("reason", rejection.Reason);
            if (Utf8.IsValid(rejection.Raw.Span))
            {
                writer.WriteString("raw", rejection.Raw.Span);
            }
            else
            {
                writer.WriteBase64String("rawBase64", rejection.Raw.Span);
            }

            writer.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }
}
