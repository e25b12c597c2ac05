using System.Text;
using Sluice.Parsing.Json;
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
    /// <inheritdoc/>
    public ParseOutcome Parse(in RawRow row, SourceFile file, SampleArena arena)
    {
        if (row.Fault is not null)
        {
            return new ParseOutcome(null, row.Fault);
        }

        ReadOnlySpan<byte> bytes = row.Bytes.Span;
        if (!Utf8Check.IsValid(bytes))
        {
            return new ParseOutcome(null, ParseReasons.NotUtf8(bytes));
        }

        JsonCursor reader = new(bytes, limits.MaxDepth);
        TurnList turns = default;
        try
        {
            string? reason = file is { Shape: RowShapes.Mapping, Mapping: { } mapping }
                ? MappedRow.Read(ref reader, row.Bytes, mapping, arena, out ArraySegment<Turn> all, out Utf8Text instruction)
                : ReadShape(ref reader, row.Bytes, file.Shape, arena, ref turns, out all, out instruction);
            if (reader.IsBroken)
            {
                return new ParseOutcome(null, MalformedRow.Reason(bytes, limits.MaxDepth, reader.BytesConsumed));
            }

            reason ??= LongText(all);
            return reason is null ? new ParseOutcome(arena.Add(row, all, instruction), null) : new ParseOutcome(null, reason);
        }
        finally
        {
            turns.Dispose();
        }
    }

    // A text has at least as many bytes as characters: hardly any are counted.
    private string? LongText(ReadOnlySpan<Turn> turns)
    {
        for (int i = 0; i < turns.Length; i++)
        {
            Utf8Text text = turns[i].Text;
            if (text.Length > limits.MaxTextLength && Encoding.UTF8.GetCharCount(text.Span) is int length && length > limits.MaxTextLength)
            {
                return ParseReasons.TooLongText(length, i + 1, turns[i].Role, limits.MaxTextLength);
            }
        }

        return null;
    }

    private string? ReadShape(
        ref JsonCursor reader, ReadOnlyMemory<byte> row, string shape, SampleArena arena, ref TurnList list, out ArraySegment<Turn> turns, out Utf8Text instruction)
    {
        Span<FieldValue> fields = stackalloc FieldValue[FieldNames.Count];
        (turns, instruction) = (default, default);
        return RowScan.Scan(ref reader, row, shape, limits, arena, fields, ref list)
            ?? ShapedRow.Read(row, shape == RowShapes.Auto ? ShapedRow.Find(fields) : shape, fields, arena, ref list, out turns, out instruction);
    }
}
