using System.IO.Compression;
using System.Text.Json;
using Sluice.Records;

namespace Sluice.Tests.Dedup;

/// <summary>Reads the rows of the shared pool as conversations, with a small reader of its own.</summary>
internal static class PoolRows
{
    public static List<Turn[]> Read(string name, int most)
    {
        using Stream file = File.OpenRead(Repository.Shared($"data/pool/{name}"));
        using Stream unzipped = new GZipStream(file, CompressionMode.Decompress);
        if (name.EndsWith(".json.gz", StringComparison.Ordinal))
        {
            using JsonDocument all = JsonDocument.Parse(unzipped);
            return [.. all.RootElement.EnumerateArray().Take(most).Select(Conversation)];
        }

        using StreamReader reader = new(unzipped);
        List<Turn[]> rows = [];
        while (rows.Count < most && reader.ReadLine() is { } line)
        {
            using JsonDocument row = JsonDocument.Parse(line);
            rows.Add(Conversation(row.RootElement));
        }

        return rows;
    }

    public static Turn[] Conversation(string user, string assistant) => [new(Role.User, user.AsText()), new(Role.Assistant, assistant.AsText())];

    private static Turn[] Conversation(JsonElement row)
    {
        string input = Text(row, "input") + Text(row, "context");
        string instruction = Text(row, "instruction");
        return Conversation(input.Length == 0 ? instruction : instruction + "\n" + input, Text(row, "output") + Text(row, "response"));
    }

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";
}
