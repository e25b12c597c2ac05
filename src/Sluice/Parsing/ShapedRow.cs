using System.Text.Json;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Parsing;

/// <summary>Makes turns of the known fields, by the shape that they make up.</summary>
internal static class ShapedRow
{
    private const string Alpaca = "Alpaca's instruction, input, output";

    /// <summary>The shape that the fields make up; <see cref="RowShapes.Auto"/> when they make up none. Null counts as absent here.</summary>
    public static string Find(scoped ReadOnlySpan<FieldValue> fields)
    {
        if (Has(fields, KnownField.Conversations))
        {
            return RowShapes.ShareGpt;
        }

        if (Has(fields, KnownField.Messages))
        {
            return RowShapes.Messages;
        }

        if (Has(fields, KnownField.Instruction))
        {
            return Has(fields, KnownField.Response) && !Has(fields, KnownField.Output) ? RowShapes.Dolly : RowShapes.Alpaca;
        }

        if (Has(fields, KnownField.Prompt))
        {
            return RowShapes.Prompt;
        }

        return Has(fields, KnownField.Output) ? RowShapes.Alpaca : RowShapes.Auto;
    }

    /// <summary>Makes the turns. Returns null, or the reason why the row is refused.</summary>
    public static string? Read(
        ReadOnlyMemory<byte> row, string shape, scoped ReadOnlySpan<FieldValue> fields, SampleArena arena, ref TurnList list, out ArraySegment<Turn> turns, out Utf8Text instruction)
    {
        turns = default;
        instruction = default;
        return shape switch
        {
            RowShapes.Alpaca when fields[(int)KnownField.Instruction].Token == JsonTokenType.StartArray => ReadTurnsAndOutput(row, fields, arena, ref list, out turns, out instruction),
            RowShapes.Alpaca => ReadExchange(row, Alpaca, fields, KnownField.Instruction, KnownField.Input, KnownField.Output, arena, out turns, out instruction),
            RowShapes.Dolly => ReadExchange(row, "Dolly's instruction, context, response", fields, KnownField.Instruction, KnownField.Context, KnownField.Response, arena, out turns, out instruction),
            RowShapes.Prompt => ReadExchange(row, "prompt and completion (or response)", fields, KnownField.Prompt, KnownField.None, Answer(fields), arena, out turns, out instruction),
            RowShapes.ShareGpt => ReadTurns(row, "ShareGPT's conversations", fields, KnownField.Conversations, arena, ref list, out turns, out instruction),
            RowShapes.Messages => ReadTurns(row, "messages of role and content", fields, KnownField.Messages, arena, ref list, out turns, out instruction),
            _ => ParseReasons.Unknown(row.Span),
        };
    }

    private static string? ReadExchange(
        ReadOnlyMemory<byte> row, string expected, scoped ReadOnlySpan<FieldValue> fields, KnownField instruction, KnownField input, KnownField output, SampleArena arena,
        out ArraySegment<Turn> turns, out Utf8Text bare) =>
        new Exchange { Row = row, Arena = arena, Expected = expected }.Read(
            Named(fields, KnownField.System), Named(fields, instruction), Named(fields, input), Named(fields, output), out turns, out bare);

    private static string? ReadTurns(
        ReadOnlyMemory<byte> row, string expected, scoped ReadOnlySpan<FieldValue> fields, KnownField field, SampleArena arena, ref TurnList list,
        out ArraySegment<Turn> turns, out Utf8Text instruction)
    {
        turns = default;
        instruction = default;
        JsonTokenType token = fields[(int)field].Token;
        if (token != JsonTokenType.StartArray)
        {
            string name = FieldNames.Name(field);
            return token == JsonTokenType.None ? ParseReasons.Missing(name, row.Span, expected) : $"Found {ParseReasons.Kind(token)} in field '{name}', expected a list of turns.";
        }

        Exchange texts = new() { Row = row, Arena = arena, Expected = expected };
        return texts.Optional(Named(fields, KnownField.System), out Utf8Text system) ?? Conversation.Close(ref list, system, arena, out turns, out instruction);
    }

    private static string? ReadTurnsAndOutput(
        ReadOnlyMemory<byte> row, scoped ReadOnlySpan<FieldValue> fields, SampleArena arena, ref TurnList list, out ArraySegment<Turn> turns, out Utf8Text instruction)
    {
        turns = default;
        instruction = default;
        if (fields[(int)KnownField.Input] is { IsPresent: true } and not { Token: JsonTokenType.String, Length: 0 })
        {
            return "Found an input beside an instruction that is a list of turns, expected it among the turns.";
        }

        Exchange texts = new() { Row = row, Arena = arena, Expected = Alpaca };
        Utf8Text output = default;
        string? reason = texts.Optional(Named(fields, KnownField.System), out Utf8Text system) ?? texts.Required(Named(fields, KnownField.Output), out output);
        if (reason is not null)
        {
            return reason;
        }

        list.Add(new Turn(Role.Assistant, output));
        return Conversation.Close(ref list, system, arena, out turns, out instruction);
    }

    private static KnownField Answer(scoped ReadOnlySpan<FieldValue> fields) =>
        Has(fields, KnownField.Response) && !Has(fields, KnownField.Completion) ? KnownField.Response : KnownField.Completion;

    private static bool Has(scoped ReadOnlySpan<FieldValue> fields, KnownField field) => fields[(int)field].IsPresent;

    private static NamedField Named(ReadOnlySpan<FieldValue> fields, KnownField field) =>
        new(FieldNames.Name(field), in fields[(int)field]);
}
