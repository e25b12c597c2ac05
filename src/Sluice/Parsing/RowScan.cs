using System.Text.Json;
using Sluice.Parsing.Json;
using Sluice.Sources;

namespace Sluice.Parsing;

/// <summary>One pass over a row: notes where the known fields stand, and reads lists of turns on the way.</summary>
internal static class RowScan
{
    /// <summary>Scans a row. Returns null, or the reason why it is refused; when it is no JSON, the reader is broken and the reason of no meaning.</summary>
    /// <param name="reader">At the beginning of the row.</param>
    /// <param name="row">The row that the reader reads.</param>
    /// <param name="shape">The shape asked for, by name.</param>
    /// <param name="limits">Turns allowed.</param>
    /// <param name="arena">Takes the texts of turns.</param>
    /// <param name="fields">Takes where each known field stands, by its number.</param>
    /// <param name="turns">Takes the turns of the first list of turns.</param>
    public static string? Scan(
        ref JsonCursor reader, ReadOnlyMemory<byte> row, string shape, SourceLimits limits, SampleArena arena, scoped Span<FieldValue> fields, ref TurnList turns)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return ParseReasons.NoObject(reader.TokenType);
        }

        KnownField twice = KnownField.None;
        while (reader.ReadMember())
        {
            KnownField field = FieldNames.Find(ref reader);
            if (field == KnownField.None)
            {
                reader.Skip();
                continue;
            }

            twice = fields[(int)field].Token == JsonTokenType.None ? twice : field;
            fields[(int)field] = FieldValue.At(ref reader);
            if (reader.TokenType == JsonTokenType.StartArray && turns.Count == 0 && HoldsTurns(field, shape))
            {
                if (TurnReader.Read(ref reader, row, arena, ref turns, limits.MaxTurns) is { } reason)
                {
                    return reason;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        // Anything behind the object breaks the reader here.
        reader.Read();
        if (reader.IsBroken)
        {
            return ParseReasons.Broken;
        }

        return twice == KnownField.None ? null : ParseReasons.Twice(FieldNames.Name(twice));
    }

    // IterIT's rows may hold a list of turns as instruction.
    private static bool HoldsTurns(KnownField field, string shape) => field switch
    {
        KnownField.Conversations => shape is RowShapes.Auto or RowShapes.ShareGpt,
        KnownField.Messages => shape is RowShapes.Auto or RowShapes.Messages,
        KnownField.Instruction => shape is RowShapes.Auto or RowShapes.Alpaca,
        _ => false,
    };
}
