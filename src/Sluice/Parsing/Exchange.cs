using System.Text.Json;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>Makes turns of a row that holds one question and one answer in fields of their own.</summary>
internal readonly ref struct Exchange
{
    /// <summary>The row.</summary>
    public required ReadOnlySpan<byte> Row { get; init; }

    /// <summary>Takes the texts.</summary>
    public required TextArena Arena { get; init; }

    /// <summary>The shape in words, for messages.</summary>
    public required string Expected { get; init; }

    /// <summary>Reads the fields. Returns null, or the reason why the row is refused.</summary>
    public string? Read(
        scoped in NamedField system, scoped in NamedField instruction, scoped in NamedField input, scoped in NamedField output, out Turn[] turns, out ReadOnlyMemory<char> bare)
    {
        turns = [];
        ReadOnlyMemory<char> prompt = bare = default;
        ReadOnlyMemory<char> answer = default;
        string? reason = Optional(system, out ReadOnlyMemory<char> before) ?? Prompt(instruction, input, out prompt, out bare) ?? Required(output, out answer);
        if (reason is not null)
        {
            return reason;
        }

        Turn user = new(Role.User, prompt);
        Turn assistant = new(Role.Assistant, answer);
        turns = before.IsEmpty ? [user, assistant] : [new Turn(Role.System, before), user, assistant];
        return null;
    }

    /// <summary>A text that the row must hold, be it empty.</summary>
    public string? Required(scoped in NamedField field, out ReadOnlyMemory<char> text)
    {
        text = default;
        return field.Value.Token switch
        {
            JsonTokenType.None => ParseReasons.Missing(field.Name, Row, Expected),
            JsonTokenType.String => Decode(field, out text),
            _ => ParseReasons.NoText(field.Name, field.Value.Token),
        };
    }

    /// <summary>A text that may be absent or null.</summary>
    public string? Optional(scoped in NamedField field, out ReadOnlyMemory<char> text)
    {
        text = default;
        return field.Value.IsPresent ? Required(field, out text) : null;
    }

    private string? Prompt(scoped in NamedField instruction, scoped in NamedField input, out ReadOnlyMemory<char> prompt, out ReadOnlyMemory<char> bare)
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

        if ((Decode(instruction, out ReadOnlyMemory<char> first) ?? Decode(input, out prompt)) is { } lone)
        {
            return lone;
        }

        // The bare instruction is the beginning of the whole.
        prompt = TextDecoding.Join(first, prompt, Arena);
        bare = prompt[..first.Length];
        return Blank(instruction, bare);
    }

    private static string? Blank(scoped in NamedField field, ReadOnlyMemory<char> text) =>
        text.Span.IsWhiteSpace() ? $"Found an empty field '{field.Name}', expected a prompt." : null;

    private string? Decode(scoped in NamedField field, out ReadOnlyMemory<char> text) =>
        TextDecoding.TryDecode(Row, field.Value, Arena, out text) ? null : $"{ParseReasons.LoneSurrogate} in field '{field.Name}', expected Unicode text.";
}
