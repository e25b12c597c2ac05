using System.Globalization;
using System.Text.Json;
using Sluice.Parsing.Json;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>Reads a list of turns: ShareGPT's <c>from</c> and <c>value</c>, or <c>role</c> and <c>content</c> of chat messages.</summary>
internal static class TurnReader
{
    /// <summary>Reads the list at whose opening bracket the reader stands. Returns null, or the reason why the row is refused.</summary>
    /// <param name="reader">Ends at the closing bracket, unless the row is refused.</param>
    /// <param name="row">The whole row, that the reader reads.</param>
    /// <param name="arena">Takes the texts.</param>
    /// <param name="turns">Takes the turns.</param>
    /// <param name="maxTurns">Turns allowed.</param>
    public static string? Read(ref JsonCursor reader, ReadOnlyMemory<byte> row, SampleArena arena, ref TurnList turns, int maxTurns)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int number = turns.Count + 1;
            if (number > maxTurns)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Found more than {maxTurns} turns, expected at most that many (Limits:MaxTurns).");
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return $"Found {ParseReasons.Kind(reader.TokenType)} as turn {number}, expected an object with from and value, or role and content.";
            }

            if (ReadTurn(ref reader, row, arena, out Turn turn) is { } reason)
            {
                return $"{reason} in turn {number}, expected {Expected(reason)}.";
            }

            turns.Add(turn);
        }

        return null;
    }

    private static string Expected(string reason) => reason.StartsWith("Found role", StringComparison.Ordinal) ? RoleNames.Known : "one role (or from) and one text in content (or value)";

    private static string? ReadTurn(ref JsonCursor reader, ReadOnlyMemory<byte> row, SampleArena arena, out Turn turn)
    {
        Role? role = null;
        Utf8Text? text = null;
        Range? calls = null;
        bool isNull = false;
        turn = default;
        while (reader.ReadMember())
        {
            TurnField field = Find(reader.NameSpan);
            string? reason = null;
            switch (field)
            {
                case TurnField.Role:
                    reason = ReadRole(ref reader, ref role);
                    break;
                case TurnField.Text when text is not null || isNull:
                    return "Found two texts";
                case TurnField.Text when reader.TokenType == JsonTokenType.Null:
                    isNull = true;
                    break;
                case TurnField.Text:
                    reason = ReadText(ref reader, row, arena, out text);
                    break;
                case TurnField.Calls when reader.TokenType != JsonTokenType.Null:
                    int start = reader.TokenStartIndex;
                    reader.Skip();
                    calls = start..reader.BytesConsumed;
                    break;
                default:
                    reader.Skip();
                    break;
            }

            if (reason is not null)
            {
                return reason;
            }
        }

        if (role is null)
        {
            return "Found no role";
        }

        if (text is null or { IsEmpty: true } && role == Role.Assistant && calls is { } range)
        {
            // A call is what the assistant says: its JSON as it stands.
            text = TextDecoding.Copy(row.Span[range], arena);
        }

        turn = new Turn(role.Value, text ?? default);
        return text is not null ? null : isNull ? "Found null as the text" : "Found no text";
    }

    private static string? ReadRole(ref JsonCursor reader, ref Role? role)
    {
        if (role is not null)
        {
            return "Found two roles";
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return $"Found role of another kind ({ParseReasons.Kind(reader.TokenType)})";
        }

        role = RoleNames.Find(reader.ValueSpan);
        return role is null ? $"Found role '{ParseReasons.Shortened(reader.ValueSpan)}'" : null;
    }

    private static string? ReadText(ref JsonCursor reader, ReadOnlyMemory<byte> row, SampleArena arena, out Utf8Text? text)
    {
        text = null;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return ContentParts.Read(ref reader, arena, out text);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return $"Found {ParseReasons.Kind(reader.TokenType)} as the text";
        }

        bool sound = TextDecoding.TryDecode(row, FieldValue.At(ref reader), arena, out Utf8Text decoded);
        text = decoded;
        return sound ? null : ParseReasons.LoneSurrogate;
    }

    private static TurnField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("from"u8) || name.SequenceEqual("role"u8) => TurnField.Role,
        5 when name.SequenceEqual("value"u8) => TurnField.Text,
        7 when name.SequenceEqual("content"u8) => TurnField.Text,
        10 when name.SequenceEqual("tool_calls"u8) => TurnField.Calls,
        13 when name.SequenceEqual("function_call"u8) => TurnField.Calls,
        _ => TurnField.None,
    };
}
