using System.Text.Json;
using Sluice.Parsing.Json;

namespace Sluice.Parsing;

/// <summary>The value of a field.</summary>
/// <param name="Token">Kind of value; <see cref="JsonTokenType.None"/> when the field is absent.</param>
/// <param name="Start">Offset in the row of its first byte; of a string, the byte after the quote.</param>
/// <param name="Length">Bytes of a string between its quotes; 0 for other kinds.</param>
/// <param name="IsEscaped">Whether a string holds backslashes.</param>
internal readonly record struct FieldValue(JsonTokenType Token, int Start, int Length, bool IsEscaped)
{
    /// <summary>Whether the field is there and holds something other than null.</summary>
    public bool IsPresent => Token is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>The value at which a reader stands.</summary>
    public static FieldValue At(ref JsonCursor reader) => reader.TokenType == JsonTokenType.String
        ? new(JsonTokenType.String, reader.TokenStartIndex + 1, reader.ValueLength, reader.ValueIsEscaped)
        : new(reader.TokenType, reader.TokenStartIndex, 0, IsEscaped: false);
}
