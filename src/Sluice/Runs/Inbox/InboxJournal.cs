using System.Text.Json;
using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Runs.Inbox;

/// <summary>Writes a batch so that either all of it is there after a crash or nothing, and reads what is there.</summary>
internal static class InboxJournal
{
    /// <summary>Area of the disk's steps.</summary>
    public const string Area = "inbox";

    /// <summary>Lays whole requests into a batch. Once this returns, their rows are the pipeline's whatever happens.</summary>
    public static InboxBatch Write(string work, int number, IReadOnlyList<InboxRequest> requests, PoolDisk disk)
    {
        List<InboxEntry> entries = [];
        long line = 0;
        foreach (InboxRequest request in requests)
        {
            entries.Add(new InboxEntry(request.Key, request.Sha256, line, request.Lines, request.Rows));
            line += request.Lines;
        }

        // Requests without rows are forgotten at the next start, rows without requests would be taken for new ones when sent again: hence this order.
        disk.WriteAllText(InboxFolder.RequestsOf(work, number), string.Concat(entries.Select(e => JsonSerializer.Serialize(e, PoolJson.Options) + "\n")), Area);
        string path = InboxFolder.RowsOf(work, number);
        using (DiskFile rows = disk.Create(path + PoolDisk.Partial, Area))
        {
            byte[] buffer = new byte[1 << 16];
            foreach (InboxRequest request in requests)
            {
                using FileStream body = File.OpenRead(request.Path);
                for (int read; (read = body.Read(buffer)) > 0;)
                {
                    rows.Write(buffer.AsSpan(0, read));
                }
            }

            rows.Sync();
        }

        disk.Publish(path + PoolDisk.Partial, path, Area);
        foreach (InboxRequest request in requests)
        {
            File.Delete(request.Path);
        }

        return new InboxBatch(number, InboxFolder.Source(work, number), entries) { Bytes = requests.Sum(r => r.Bytes) };
    }

    /// <summary>Reads a batch. Throws <see cref="InvalidDataException"/> naming the file when its requests are damaged.</summary>
    public static InboxBatch Read(string work, int number)
    {
        string path = InboxFolder.RequestsOf(work, number);
        // Rows whose requests somebody deleted are rows still, of nobody's request.
        List<InboxEntry> entries = !File.Exists(path) ? [] : [.. Lines<InboxEntry>(path)];
        return new InboxBatch(number, InboxFolder.Source(work, number), entries) { Bytes = new FileInfo(InboxFolder.RowsOf(work, number)).Length };
    }

    /// <summary>Notes what became of a batch, for those who ask again after a restart. It vouches for nothing and is not synced.</summary>
    public static void Keep(string work, int number, IEnumerable<InboxAnswer> answers) =>
        File.WriteAllLines(InboxFolder.AnswersOf(work, number), answers.Select(a => JsonSerializer.Serialize(a, PoolJson.Options)));

    /// <summary>What became of a request of a batch; null where that was not noted.</summary>
    public static InboxAnswer? Find(string work, int number, string key)
    {
        string path = InboxFolder.AnswersOf(work, number);
        try
        {
            return File.Exists(path) ? Lines<InboxAnswer>(path).FirstOrDefault(a => a.Key == key) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static IEnumerable<T> Lines<T>(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            T? value;
            try
            {
                value = JsonSerializer.Deserialize<T>(line, PoolJson.Options);
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException($"Line {number} of {path} is damaged: {exception.Message}", exception);
            }

            yield return value ?? throw new InvalidDataException($"Line {number} of {path} is damaged: found null, expected an object.");
        }
    }
}
