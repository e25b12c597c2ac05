using System.Text;
using System.Text.Json;
using Sluice.Pool.Disk;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>The mended rejects of one segment, as they were fed back in: a line a row with its place in the input and its new bytes, which are UTF-8 by then.</summary>
internal static class ReplayFile
{
    private const string Area = "replay";

    /// <summary>Writes the file of a segment and says what was stored.</summary>
    public static StoredFile Write(string pool, long segment, IEnumerable<RawRow> rows, PoolDisk disk)
    {
        string folder = Path.Combine(pool, SegmentFiles.Replays);
        disk.CreateFolder(folder, Area);
        string name = Path.GetFileName(SegmentFiles.PathOf(pool, segment)) + ".jsonl";
        StringBuilder text = new();
        foreach (RawRow row in rows)
        {
            text.Append(JsonSerializer.Serialize(new Line(row.Origin.File, row.Origin.Number, row.Origin.Offset, Encoding.UTF8.GetString(row.Bytes.Span)), PoolJson.Options)).Append('\n');
        }

        disk.WriteAllText(Path.Combine(folder, name), text.ToString(), Area);
        return SegmentFiles.Describe(folder, name);
    }

    /// <summary>Reads the file of a segment. Throws <see cref="InvalidDataException"/> when it is not what was written.</summary>
    public static IReadOnlyList<RawRow> Read(string pool, StoredFile stored)
    {
        string folder = Path.Combine(pool, SegmentFiles.Replays);
        if (PoolVerifier.Compare(folder, stored) is { } problem)
        {
            throw new InvalidDataException($"{Path.Combine(folder, stored.Name)} is damaged: {problem}");
        }

        return [.. File.ReadLines(Path.Combine(folder, stored.Name)).Select(text =>
        {
            Line line = JsonSerializer.Deserialize<Line>(text, PoolJson.Options)!;
            return new RawRow(new RowOrigin(line.File, line.Number, line.Offset), Encoding.UTF8.GetBytes(line.Raw));
        })];
    }

    private sealed record Line(int File, long Number, long Offset, string Raw);
}
