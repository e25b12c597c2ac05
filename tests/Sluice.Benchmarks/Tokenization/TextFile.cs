using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Sluice.Benchmarks.Tokenization;

/// <summary>The texts of a JSON Lines file, as <c>bench/tokenizer_peer.mjs</c> takes them.</summary>
internal static class TextFile
{
    private static readonly string[] s_fields = ["instruction", "input", "output"];

    /// <summary>All bytes of a file, unpacked where its name ends in <c>.gz</c>.</summary>
    public static byte[] Bytes(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream plain = new();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>A text a row: its field <c>text</c>, else instruction, input and output in lines; lines that are no row, and empty ones, are left out.</summary>
    public static List<string> Texts(string path)
    {
        List<string> texts = [];
        using StreamReader reader = new(new MemoryStream(Bytes(path)), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (Text(line) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private static string? Text(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            return row.ValueKind != JsonValueKind.Object ? null
                : Field(row, "text") ?? string.Join('\n', s_fields.Select(name => Field(row, name)).Where(static value => !string.IsNullOrEmpty(value)));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair.
            return null;
        }
    }

    private static string? Field(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
