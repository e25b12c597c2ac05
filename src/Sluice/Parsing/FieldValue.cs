using System.Text.Json;

namespace Sluice.Parsing;

/// <summary>Where the value of a field stands in its row.</summary>
/// <param name="Token">Kind of value; <see cref="JsonTokenType.None"/> when the field is absent.</param>
/// <param name="Start">Offset of its first byte; of a string, the byte after the quote.</param>
/// <param name="Length">Bytes of a string between its quotes; 0 for other kinds.</param>
/// <param name="IsEscaped">Whether a string holds backslashes.</param>
internal readonly record struct FieldValue(JsonTokenType Token, int Start, int Length, bool IsEscaped)
{
    /// <summary>Whether the field is there and holds something other than null.</summary>
    public bool IsPresent => Token is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>The value at which a reader stands.</summary>
    public static FieldValue At(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? new(JsonTokenType.String, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.ValueIsEscaped)
        : new(reader.TokenType, (int)reader.TokenStartIndex, 0, false);
}
