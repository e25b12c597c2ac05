using System.Text.Json;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>Makes turns of a row that holds one question and one answer in fields of their own.</summary>
internal readonly ref struct Exchange
{
    /// <summary>The row.</summary>
    public required ReadOnlyMemory<byte> Row { get; init; }

    /// <summary>Takes the texts.</summary>
    public required SampleArena Arena { get; init; }

    /// <summary>The shape in words, for messages.</summary>
    public required string Expected { get; init; }

    /// <summary>Reads the fields. Returns null, or the reason why the row is refused.</summary>
    public string? Read(
        scoped in NamedField system, scoped in NamedField instruction, scoped in NamedField input, scoped in NamedField output, out ArraySegment<Turn> turns, out Utf8Text bare)
    {
        turns = default;
        Utf8Text prompt = bare = default;
        Utf8Text answer = default;
        string? reason = Optional(system, out Utf8Text before) ?? Prompt(instruction, input, out prompt, out bare) ?? Required(output, out answer);
        if (reason is not null)
        {
            return reason;
        }

        turns = Arena.RentTurns(before.IsEmpty ? 2 : 3);
        Span<Turn> all = turns;
        if (!before.IsEmpty)
        {
            all[0] = new Turn(Role.System, before);
        }

        all[^2] = new Turn(Role.User, prompt);
        all[^1] = new Turn(Role.Assistant, answer);
        return null;
    }

    /// <summary>A text that the row must hold, be it empty.</summary>
    public string? Required(scoped in NamedField field, out Utf8Text text)
    {
        text = default;
        return field.Value.Token switch
        {
            JsonTokenType.None => ParseReasons.Missing(field.Name, Row.Span, Expected),
            JsonTokenType.String => Decode(field, out text),
            _ => ParseReasons.NoText(field.Name, field.Value.Token),
        };
    }

    /// <summary>A text that may be absent or null.</summary>
    public string? Optional(scoped in NamedField field, out Utf8Text text)
    {
        text = default;
        return field.Value.IsPresent ? Required(field, out text) : null;
    }

    private string? Prompt(scoped in NamedField instruction, scoped in NamedField input, out Utf8Text prompt, out Utf8Text bare)
    {
        if (!input.Value.IsPresent || input.Value is { Token: JsonTokenType.String, Length: 0 } || instruction.Value.Token != JsonTokenType.String)
        {
            string? missing = Required(instruction, out prompt);
            bare = prompt;
            return missing ?? Blank(instruction, bare);
        }

        prompt = bare = default;
        if (input.Value.Token != JsonTokenType.String)
        {
            return ParseReasons.NoText(input.Name, input.Value.Token);
        }

        if (!TextDecoding.TryJoin(Row, instruction.Value, input.Value, Arena, out prompt, out int length))
        {
            return Lone(length < 0 ? instruction : input);
        }

        // The bare instruction is the beginning of the whole.
        bare = new Utf8Text(prompt.Bytes[..length]);
        return Blank(instruction, bare);
    }

    private static string? Blank(scoped in NamedField field, Utf8Text text) =>
        text.IsBlank ? $"Found an empty field '{field.Name}', expected a prompt." : null;

    private string? Decode(scoped in NamedField field, out Utf8Text text) => TextDecoding.TryDecode(Row, field.Value, Arena, out text) ? null : Lone(field);

    private static string Lone(scoped in NamedField field) => $"{ParseReasons.LoneSurrogate} in field '{field.Name}', expected Unicode text.";
}
