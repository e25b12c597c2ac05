using System.Text.Json;

namespace Sluice.Parsing.Json;

/// <summary>Says in the words of <see cref="Utf8JsonReader"/>, and with its places, why a row is not sound JSON: seldom, so it is read a second time for that.</summary>
internal static class MalformedRow
{
    /// <summary>The reason why a row is refused at which a cursor broke.</summary>
    /// <param name="row">The row.</param>
    /// <param name="maxDepth">Brackets open at once at most.</param>
    /// <param name="stand">Where the cursor that broke stands: behind its last sound token, or before a value whose end it was looking for.</param>
    public static string Reason(ReadOnlySpan<byte> row, int maxDepth, int stand)
    {
        Utf8JsonReader reader = new(row, new JsonReaderOptions { MaxDepth = maxDepth });
        Utf8JsonReader standing = reader;
        bool isAhead = false;
        try
        {
            while (reader.Read())
            {
                isAhead = reader.BytesConsumed > stand;
                standing = isAhead ? standing : reader;
            }
        }
        catch (JsonException error)
        {
            return isAhead ? Reason(ref standing, row, maxDepth, error) : Reason(ref reader, row, maxDepth, error);
        }

        return "Found sound JSON where the row was read as unsound. This is a bug.";
    }

    private static string Reason(ref Utf8JsonReader reader, ReadOnlySpan<byte> row, int maxDepth, JsonException error) =>
        IsTooDeep(ref reader, row, maxDepth) ? ParseReasons.TooDeep(maxDepth) : ParseReasons.Malformed(error);

    // The reader's exception does not say so; but it stands at its depth limit, before one more bracket.
    private static bool IsTooDeep(ref Utf8JsonReader reader, ReadOnlySpan<byte> row, int maxDepth)
    {
        int depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0);
        ReadOnlySpan<byte> next = row[(int)Math.Min(reader.BytesConsumed, row.Length)..].TrimStart(" \t\r\n,:"u8);
        return depth >= maxDepth && !next.IsEmpty && next[0] is (byte)'[' or (byte)'{';
    }
}
