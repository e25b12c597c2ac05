using System.Text.Json;
using Sluice.Records;

namespace Sluice.Tests.Parsing;

/// <summary>What a row of a known shape says, read through <see cref="JsonDocument"/> field by field: slow, plain, and with no line in common with the parser.</summary>
internal static class DocumentOracle
{
    /// <summary>The turns of a row that the parser took as found by itself; null where parts or calls make up a text.</summary>
    public static List<string>? Turns(JsonElement row)
    {
        if (Field(row, "conversations") is { } turns || Field(row, "messages") is { } messages && (turns = messages).ValueKind == JsonValueKind.Array)
        {
            return List(turns, Text(row, "system"), answer: null);
        }

        if (Field(row, "instruction") is { ValueKind: JsonValueKind.Array } asked)
        {
            return List(asked, Text(row, "system"), Text(row, "output"));
        }

        bool isPrompt = Field(row, "instruction") is null && Field(row, "prompt") is not null;
        bool isDolly = !isPrompt && Field(row, "output") is null && Field(row, "response") is not null;
        string input = isPrompt ? "" : Text(row, isDolly ? "context" : "input");
        string question = Text(row, isPrompt ? "prompt" : "instruction");
        string answer = Text(row, isDolly || (isPrompt && Field(row, "completion") is null) ? "response" : isPrompt ? "completion" : "output");
        string system = Text(row, "system");
        return [.. system.Length > 0 ? [$"System:{system}"] : Array.Empty<string>(), $"User:{question}{(input.Length > 0 ? "\n" : "")}{input}", $"Assistant:{answer}"];
    }

    /// <summary>The same of what the parser gave.</summary>
    public static IEnumerable<string> Turns(Sample sample) => sample.Turns.Select(turn => $"{turn.Role}:{turn.Text}");

    private static List<string>? List(JsonElement turns, string system, string? answer)
    {
        List<string> all = system.Length > 0 ? [$"System:{system}"] : [];
        foreach (JsonElement turn in turns.EnumerateArray())
        {
            string? said = Field(turn, "from") is { } from ? from.GetString() : Field(turn, "role")?.GetString();
            JsonElement? text = Field(turn, "value") ?? Field(turn, "content");
            if (text is not { ValueKind: JsonValueKind.String } || turn.TryGetProperty("tool_calls", out _))
            {
                return null;
            }

            all.Add($"{said?.ToLowerInvariant() switch { "human" or "user" => Role.User, "gpt" or "assistant" => Role.Assistant, _ => null as Role? }}:{text.Value.GetString()}");
        }

        return answer is null ? all : [.. all, $"Assistant:{answer}"];
    }

    // Absent and null are the same to the shapes.
    private static JsonElement? Field(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Text(JsonElement row, string name) => Field(row, name)?.GetString() ?? "";
}
