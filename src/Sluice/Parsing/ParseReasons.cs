using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>The words in which the parser refuses a row. They quote at most <see cref="Longest"/> characters of it.</summary>
internal static class ParseReasons
{
    /// <summary>Characters of a row that a reason quotes at most.</summary>
    public const int Longest = 80;

    /// <summary>Half of a character outside the basic plane.</summary>
    public const string LoneSurrogate = "Found an escaped surrogate that stands alone (no character)";

    /// <summary>Stands for the reason that is looked up for a row that is no JSON.</summary>
    public const string Broken = "";

    /// <summary>A token in words.</summary>
    public static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    /// <summary>A row that is JSON, but no object.</summary>
    public static string NoObject(JsonTokenType found) => $"Found {Kind(found)}, expected a JSON object a row.";

    /// <summary>A row whose fields make up no known shape.</summary>
    public static string Unknown(ReadOnlySpan<byte> row) =>
        $"Found no known shape ({Fields(row)}), expected instruction and output, instruction and response, conversations, messages, or prompt and completion; for others state a Mapping.";

    /// <summary>A field that the shape needs and the row lacks.</summary>
    public static string Missing(string field, ReadOnlySpan<byte> row, string expected) => $"Found no field '{field}' ({Fields(row)}), expected {expected}.";

    /// <summary>A field that holds something other than a text.</summary>
    public static string NoText(string field, JsonTokenType found) => $"Found {Kind(found)} in field '{field}', expected a string.";

    /// <summary>A field that stands in the row twice.</summary>
    public static string Twice(string field) => $"Found field '{Shortened(Encoding.UTF8.GetBytes(field))}' twice, expected it once: which one counts is not defined.";

    /// <summary>A row that is no JSON.</summary>
    public static string Malformed(JsonException error)
    {
        string message = error.Message;
        int place = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"Found invalid JSON at byte {error.BytePositionInLine ?? 0}, expected one JSON object: {Cut(place < 0 ? message : message[..place], 2 * Longest)}");
    }

    /// <summary>A row nested too deeply.</summary>
    public static string TooDeep(int allowed) => $"Found values nested more than {allowed} deep, expected at most that (Limits:MaxDepth).";

    /// <summary>A turn whose text is too long.</summary>
    public static string TooLongText(int found, int number, Role role, int allowed) => string.Create(CultureInfo.InvariantCulture,
        $"Found a text of {found:N0} characters in turn {number} ({role.ToString().ToLowerInvariant()}), expected at most {allowed:N0} (Limits:MaxTextLength).");

    /// <summary>A row that is not UTF-8.</summary>
    public static string NotUtf8(ReadOnlySpan<byte> row)
    {
        char[] scratch = new char[row.Length];
        Utf8.ToUtf16(row, scratch, out int valid, out _, replaceInvalidSequences: false);
        return string.Create(CultureInfo.InvariantCulture, $"Found invalid UTF-8 at byte {valid} of the row (0x{row[Math.Min(valid, row.Length - 1)]:X2}), expected UTF-8.");
    }

    /// <summary>Bytes as text, at most 40 characters of them.</summary>
    public static string Shortened(ReadOnlySpan<byte> text) => Cut(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * Longest)]), Longest / 2);

    // The top-level field names of a sound row.
    private static string Fields(ReadOnlySpan<byte> row)
    {
        List<string> names = [];
        Utf8JsonReader reader = new(row, new JsonReaderOptions { MaxDepth = 1001 });
        int length = 0;
        reader.Read();
        while (length <= Longest && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(Shortened(reader.ValueSpan));
            length += names[^1].Length + 2;
            reader.Read();
            reader.Skip();
        }

        return names.Count == 0 ? "no fields" : $"fields: {Cut(string.Join(", ", names), Longest)}";
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]}…";
}
