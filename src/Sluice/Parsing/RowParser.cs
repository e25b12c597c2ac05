using System.Text.Json;
using System.Text.Unicode;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Parsing;

/// <summary>
/// Finds the conversation in a row of any known shape. A field that the shapes read and that stands in a row twice refuses the row, since readers
/// differ in which one they take. Null counts as absent where a field is optional (input, context, system).
/// </summary>
/// <param name="limits">Depth, turns and length of a text at most.</param>
internal sealed class RowParser(SourceLimits limits) : IRowParser
{
    private readonly JsonReaderOptions _options = new() { MaxDepth = limits.MaxDepth };

    /// <inheritdoc/>
    public ParseOutcome Parse(in RawRow row, SourceFile file, TextArena arena)
    {
        if (row.Fault is not null)
        {
            return new ParseOutcome(null, row.Fault);
        }

        ReadOnlySpan<byte> bytes = row.Bytes.Span;
        if (!Utf8.IsValid(bytes))
        {
            return new ParseOutcome(null, ParseReasons.NotUtf8(bytes));
        }

        Utf8JsonReader reader = new(bytes, _options);
        TurnList turns = default;
        try
        {
            string? reason = file is { Shape: RowShapes.Mapping, Mapping: { } mapping }
                ? MappedRow.Read(ref reader, bytes, mapping, arena, out Turn[] all, out ReadOnlyMemory<char> instruction)
                : ReadShape(ref reader, bytes, file.Shape, arena, ref turns, out all, out instruction);
            reason ??= LongText(all);
            return reason is null ? new ParseOutcome(new Sample(row.Origin, row.Bytes, all, instruction), null) : new ParseOutcome(null, reason);
        }
        catch (JsonException error)
        {
            return new ParseOutcome(null, IsTooDeep(ref reader, bytes) ? ParseReasons.TooDeep(limits.MaxDepth) : ParseReasons.Malformed(error));
        }
        finally
        {
            turns.Dispose();
        }
    }

    // Rows are bounded before they are decoded, so to look afterwards costs no memory that matters.
    private string? LongText(Turn[] turns)
    {
        for (int i = 0; i < turns.Length; i++)
        {
            if (turns[i].Text.Length > limits.MaxTextLength)
            {
                return ParseReasons.TooLongText(turns[i].Text.Length, i + 1, turns[i].Role, limits.MaxTextLength);
            }
        }

        return null;
    }

    // The reader's exception does not say so; but it stands at its depth limit, before one more bracket.
    private bool IsTooDeep(ref Utf8JsonReader reader, ReadOnlySpan<byte> row)
    {
        int depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0);
        ReadOnlySpan<byte> next = row[(int)Math.Min(reader.BytesConsumed, row.Length)..].TrimStart(" \t\r\n,:"u8);
        return depth >= limits.MaxDepth && !next.IsEmpty && next[0] is (byte)'[' or (byte)'{';
    }

    private string? ReadShape(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> row, string shape, TextArena arena, ref TurnList list, out Turn[] turns, out ReadOnlyMemory<char> instruction)
    {
        Span<FieldValue> fields = stackalloc FieldValue[FieldNames.Count];
        (turns, instruction) = ([], default);
        return RowScan.Scan(ref reader, row, shape, limits, arena, fields, ref list)
            ?? ShapedRow.Read(row, shape == RowShapes.Auto ? ShapedRow.Find(fields) : shape, fields, arena, ref list, out turns, out instruction);
    }
}
