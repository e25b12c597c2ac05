using System.Text.Json;
using Sluice.Parsing.Json;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>Reads the content of a chat message that is a list of parts, <c>{"type": "text", "text": ...}</c> or bare strings; a line break stands between two parts.</summary>
internal static class ContentParts
{
    /// <summary>Reads the list at whose opening bracket the reader stands. Returns null, or what is wrong.</summary>
    public static string? Read(ref JsonCursor reader, SampleArena arena, out Utf8Text? text)
    {
        // The whole list in bytes is room enough for the texts in it.
        text = null;
        if (!reader.TryFindEnd(out int end))
        {
            return ParseReasons.Broken;
        }

        int room = end - reader.TokenStartIndex + StringDecoding.Slack;
        Memory<byte> slice = arena.Rent(room);
        int length = 0;
        int parts = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (parts++ > 0)
            {
                slice.Span[length++] = (byte)'\n';
            }

            string? reason = reader.TokenType switch
            {
                JsonTokenType.String => Append(ref reader, slice.Span, ref length),
                JsonTokenType.StartObject => ReadPart(ref reader, slice.Span, ref length),
                _ => $"Found {ParseReasons.Kind(reader.TokenType)} among the parts of the text",
            };
            if (reason is not null)
            {
                return reason;
            }
        }

        arena.Return(room - length);
        text = new Utf8Text(slice[..length]);
        return null;
    }

    private static string? ReadPart(ref JsonCursor reader, Span<byte> to, ref int length)
    {
        bool found = false;
        while (reader.ReadMember())
        {
            bool isText = FieldNames.IsNamed(ref reader, "text");
            bool isType = FieldNames.IsNamed(ref reader, "type");
            if (isType && (reader.TokenType != JsonTokenType.String || !FieldNames.IsText(reader.ValueSpan, reader.ValueIsEscaped, "text")))
            {
                return reader.TokenType == JsonTokenType.String ? $"Found a part of type '{ParseReasons.Shortened(reader.ValueSpan)}'" : "Found a part whose type is no string";
            }

            if (!isText)
            {
                reader.Skip();
            }
            else if (found || reader.TokenType != JsonTokenType.String)
            {
                return $"Found {(found ? "two texts" : ParseReasons.Kind(reader.TokenType))} in a part of the text";
            }
            else
            {
                found = true;
                if (Append(ref reader, to, ref length) is { } reason)
                {
                    return reason;
                }
            }
        }

        return found ? null : "Found a part without text";
    }

    private static string? Append(ref JsonCursor reader, Span<byte> to, ref int length)
    {
        int added = reader.Decode(to[length..]);
        length += Math.Max(0, added);
        return added < 0 ? ParseReasons.LoneSurrogate : null;
    }
}
