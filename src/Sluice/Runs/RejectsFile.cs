using System.Security.Cryptography;
using System.Text.Json;
using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Runs;

/// <summary>
/// The work directory's <c>rejects.jsonl</c>: those of all committed segments, in order, less the ones that were mended and fed back in. Made anew, so it is never ahead
/// of the ledger nor behind.
/// </summary>
internal static class RejectsFile
{
    public const string FileName = "rejects.jsonl";
    private const string Area = "rejects";

    /// <summary>Writes the file.</summary>
    public static void Write(string work, string pool, IReadOnlyList<LedgerRecord> records, PoolDisk disk)
    {
        string path = Path.Combine(work, FileName);
        using (DiskFile to = disk.Create(path + PoolDisk.Partial, Area))
        {
            Compose(pool, records, to);
            to.Sync();
        }

        disk.Publish(path + PoolDisk.Partial, path, Area);
    }

    /// <summary>What is wrong with the file, as one sentence, or null.</summary>
    public static string? Fault(string work, string pool, IReadOnlyList<LedgerRecord> records)
    {
        string path = Path.Combine(work, FileName);
        using IncrementalHash expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (HashingStream to = new(expected))
        {
            Compose(pool, records, to);
        }

        using FileStream found = File.OpenRead(path);
        return SHA256.HashData(found).AsSpan().SequenceEqual(expected.GetHashAndReset()) ? null : "It does not hold the rejects of the pool's segments: it is damaged, or older than the pool. The next run writes it anew.";
    }

    /// <summary>The rejects that are still rejected, a line each without its line break.</summary>
    public static IEnumerable<byte[]> Lines(string pool, IReadOnlyList<LedgerRecord> records)
    {
        HashSet<(string, long)> mended = Mended(pool, records);
        foreach (LedgerRecord record in records)
        {
            foreach (byte[] line in LinesOf(Path.Combine(SegmentFiles.PathOf(pool, record.Segment), SegmentFiles.Rejects)))
            {
                if (mended.Count == 0 || !mended.Contains(Place(line)))
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>File and number of a line of the file.</summary>
    public static (string File, long Number) Place(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader reader = new(line);
        string file = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("file"u8) && reader.Read())
            {
                file = reader.GetString()!;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("number"u8) && reader.Read())
            {
                return (file, reader.GetInt64());
            }
        }

        throw new JsonException("Found no place in a line of rejects.");
    }

    private static void Compose(string pool, IReadOnlyList<LedgerRecord> records, Stream to)
    {
        foreach (byte[] line in Lines(pool, records))
        {
            to.Write(line);
            to.WriteByte((byte)'\n');
        }
    }

    private static HashSet<(string, long)> Mended(string pool, IReadOnlyList<LedgerRecord> records)
    {
        LedgerRecord[] replays = [.. records.Where(r => r.Replay is not null)];
        IReadOnlyList<PlannedFile> files = replays.Length == 0 ? [] : PoolPlan.Load(pool)!.Files;
        return [.. replays.SelectMany(r => ReplayFile.Read(pool, r.Replay!)).Select(row => (files[row.Origin.File].Name, row.Origin.Number))];
    }

    // Raw bytes inside a line are JSON text, so no line break stands in it but the last.
    private static IEnumerable<byte[]> LinesOf(string path)
    {
        using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        using MemoryStream line = new();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            for (int at = 0; at < read;)
            {
                int end = Array.IndexOf(buffer, (byte)'\n', at, read - at);
                line.Write(buffer, at, (end < 0 ? read : end) - at);
                at = end < 0 ? read : end + 1;
                if (end >= 0)
                {
                    yield return line.ToArray();
                    line.SetLength(0);
                }
            }
        }
    }
}
