using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Sources.JsonArrays;

namespace Sluice.Runs;

/// <summary>Reads a file of mended rejects: lines of <c>rejects.jsonl</c>, in which <c>raw</c> was mended, or to which <c>row</c> was added: the row itself as an object.</summary>
internal static class MendedFile
{
    /// <summary>Reads the lines. Throws <see cref="InvalidDataException"/> naming the first that is none.</summary>
    public static IReadOnlyList<MendedLine> Read(string path)
    {
        List<MendedLine> lines = [];
        int number = 0;
        foreach (string text in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(text))
            {
                lines.Add(Line(path, number, text));
            }
        }

        return lines.Count > 0 ? lines : throw new InvalidDataException($"{path} holds no line, expected lines of rejects.jsonl with 'raw' mended.");
    }

    private static MendedLine Line(string path, int number, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement line = document.RootElement;
            byte[] raw = line.TryGetProperty("row", out JsonElement row) ? Encoding.UTF8.GetBytes(row.GetRawText())
                : line.TryGetProperty("raw", out JsonElement mended) ? Encoding.UTF8.GetBytes(mended.GetString()!)
                : line.GetProperty("rawBase64").GetBytesFromBase64();
            return new MendedLine(line.GetProperty("file").GetString()!, line.GetProperty("number").GetInt64(), OneLine(raw));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"Line {number} of {path} is no line of rejects.jsonl: {exception.Message} Expected {{\"file\": name, \"number\": row, \"raw\": mended text}}, or the mended row itself as an object under \"row\"."), exception);
        }
    }

    // Rows stand on one line in the pool; white space between tokens means nothing.
    private static ReadOnlyMemory<byte> OneLine(byte[] raw)
    {
        byte[] trimmed = raw.AsSpan().Trim(" \t\r\n"u8).ToArray();
        return trimmed.AsSpan().Contains((byte)'\n') ? trimmed.AsMemory(0, JsonText.Minify(trimmed)) : trimmed;
    }
}
