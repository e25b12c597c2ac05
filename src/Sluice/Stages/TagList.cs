using System.Text;
using System.Text.Json;

namespace Sluice.Stages;

/// <summary>
/// Reads a tagger's answer: a JSON list of <c>{"tag", "explanation"}</c>, with whatever a model puts around it (fences, words, trailing commas), a list of texts, or the
/// objects one after another. What cannot be read whole has no tags at all: a list that was cut off would pass for a simple query.
/// </summary>
internal static class TagList
{
    private const int Shown = 80;

    /// <summary>The tags in order, each once, white space around them removed; or why there are none.</summary>
    public static RowValue<string[]> Read(string answer)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(answer);
        List<string> tags = [];
        bool found = false;
        for (int at = 0; at < bytes.Length;)
        {
            if (bytes[at] is not ((byte)'[' or (byte)'{'))
            {
                at++;
                continue;
            }

            int length = TryRead(bytes.AsSpan(at), tags);
            if (length < 0)
            {
                return Unreadable(answer);
            }

            bool isList = bytes[at] == '[' && length > 0;
            found |= length > 0;
            if (isList)
            {
                break;
            }

            at += Math.Max(1, length);
        }

        return found ? new RowValue<string[]>([.. tags.Distinct(StringComparer.Ordinal)], null) : Unreadable(answer);
    }

    /// <summary>The length of the list or object of tags that the text begins with; 0 when it begins with something else, -1 when it is one that cannot be read.</summary>
    private static int TryRead(ReadOnlySpan<byte> text, List<string> tags)
    {
        byte inside = First(text[1..]);
        if (inside is not ((byte)'{' or (byte)'"' or (byte)']') || (text[0] == '{' && inside != '"'))
        {
            return 0;
        }

        Utf8JsonReader reader = new(text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document))
            {
                return -1;
            }

            using (document)
            {
                return Add(document.RootElement, tags) ? (int)reader.BytesConsumed : -1;
            }
        }
        catch (JsonException)
        {
            return -1;
        }
    }

    private static bool Add(JsonElement element, List<string> tags) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Array && Add(item, tags)),
        JsonValueKind.String => Add(element.GetString()!, tags),
        JsonValueKind.Object when element.TryGetProperty("tag", out JsonElement tag) => tag.ValueKind == JsonValueKind.String && Add(tag.GetString()!, tags),
        JsonValueKind.Object when element.TryGetProperty("tags", out JsonElement list) => list.ValueKind == JsonValueKind.Array && Add(list, tags),
        _ => false,
    };

    private static bool Add(string tag, List<string> tags)
    {
        if (!string.IsNullOrWhiteSpace(tag))
        {
            tags.Add(tag.Trim());
        }

        return true;
    }

    private static byte First(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text.TrimStart(" \t\r\n"u8);
        return rest.IsEmpty ? (byte)0 : rest[0];
    }

    private static RowValue<string[]> Unreadable(string answer)
    {
        string line = answer.ReplaceLineEndings(" ");
        return new RowValue<string[]>(null, $"The tagger's answer holds no whole JSON list of tags, expected [{{\"tag\": ..., \"explanation\": ...}}]: {(line.Length > Shown ? line[..Shown] + "…" : line)}");
    }
}
