using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Sluice.Pool.Disk;

namespace Sluice.Pool;

/// <summary>
/// Answers that cost money or hours, each appended when it arrives: a line each, <c>{"check":..., "key":..., "answer":...}</c>, the check being the first 16 hex digits
/// of the SHA-256 of what follows it. Written at once, so that a killed process loses none; synced every <see cref="SyncEvery"/> lines and at the end, so that a power
/// cut loses no more than those. A torn tail is cut off, and a damaged line left aside, when it is opened: those questions are asked again. Safe for use by many threads.
/// </summary>
internal sealed class AnswerJournal : IDisposable
{
    /// <summary>Folder of the journals in a pool's folder.</summary>
    public const string Folder = "answers";

    /// <summary>Lines between two syncs.</summary>
    public const int SyncEvery = 64;

    private const int CheckAt = 10; // {"check":"0123456789abcdef","key":"…","answer":…}
    private const int CheckedFrom = 28;
    private const int KeyAt = CheckedFrom + 7;
    private const int AnswerAt = KeyAt + 32 + 11;

    private readonly SafeFileHandle _file;
    private readonly Dictionary<UInt128, (long At, int Length)> _lines = [];
    private readonly Lock _lock = new();
    private long _end;
    private int _unsynced;

    private AnswerJournal(SafeFileHandle file) => _file = file;

    /// <summary>Answers held.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Opens a journal, or makes an empty one.</summary>
    public static AnswerJournal Open(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        bool isNew = !File.Exists(path);
        AnswerJournal journal = new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        if (isNew)
        {
            PoolDisk.Plain.SyncFolder(folder, "state");
        }

        journal.ReadAll();
        return journal;
    }

    /// <summary>What is wrong with a journal, as one sentence, or null: a line whose check does not fit, or an end that is cut off.</summary>
    public static string? Fault(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int number = 0;
        for (int at = 0; at < bytes.Length;)
        {
            number++;
            int length = bytes.AsSpan(at).IndexOf((byte)'\n');
            if (length < 0 || KeyOf(bytes.AsSpan(at, length)) is null)
            {
                return $"Line {number} is {(length < 0 ? "cut off" : "damaged")}: its answer is asked for again when it is needed.";
            }

            at += length + 1;
        }

        return null;
    }

    /// <summary>Leaves out the lines that are damaged. Returns whether there were any.</summary>
    public static bool Mend(string path, PoolDisk disk)
    {
        if (Fault(path) is null)
        {
            return false;
        }

        string partial = path + PoolDisk.Partial;
        byte[] bytes = File.ReadAllBytes(path);
        using (DiskFile file = disk.Create(partial, "answers"))
        {
            int length;
            for (int at = 0; at < bytes.Length && (length = bytes.AsSpan(at).IndexOf((byte)'\n')) >= 0; at += length + 1)
            {
                if (KeyOf(bytes.AsSpan(at, length)) is not null)
                {
                    file.Write(bytes.AsSpan(at, length + 1));
                }
            }

            file.Sync();
        }

        disk.Publish(partial, path, "answers");
        return true;
    }

    /// <summary>The answer under a key, or null.</summary>
    public string? Find(UInt128 key)
    {
        (long At, int Length) place;
        lock (_lock)
        {
            if (!_lines.TryGetValue(key, out place))
            {
                return null;
            }
        }

        byte[] line = new byte[place.Length];
        for (int read = 0; read < line.Length;)
        {
            int more = RandomAccess.Read(_file, line.AsSpan(read), place.At + read);
            read += more > 0 ? more : throw new EndOfStreamException($"A journal of answers was cut at byte {place.At + read} while in use.");
        }

        return JsonSerializer.Deserialize<string>(line.AsSpan(AnswerAt..^1));
    }

    /// <summary>Keeps an answer. The first one under a key stays.</summary>
    public void Append(UInt128 key, string answer)
    {
        string body = string.Create(CultureInfo.InvariantCulture, $"\"key\":\"{key:x32}\",\"answer\":{JsonSerializer.Serialize(answer, PoolJson.Options)}");
        byte[] line = Encoding.UTF8.GetBytes($"{{\"check\":\"{Check(Encoding.UTF8.GetBytes(body))}\",{body}}}\n");
        lock (_lock)
        {
            if (_lines.ContainsKey(key))
            {
                return;
            }

            RandomAccess.Write(_file, line, _end);
            _lines.Add(key, (_end, line.Length - 1));
            _end += line.Length;
            if (++_unsynced >= SyncEvery)
            {
                RandomAccess.FlushToDisk(_file);
                _unsynced = 0;
            }
        }
    }

    /// <summary>Syncs and closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_unsynced > 0 && !_file.IsClosed)
            {
                RandomAccess.FlushToDisk(_file);
                _unsynced = 0;
            }
        }

        _file.Dispose();
    }

    private void ReadAll()
    {
        byte[] buffer = new byte[1 << 20];
        long bufferAt = 0;
        int filled = 0;
        while (true)
        {
            int read = RandomAccess.Read(_file, buffer.AsSpan(filled), bufferAt + filled);
            filled += read;
            int at = 0;
            for (int length; (length = buffer.AsSpan(at, filled - at).IndexOf((byte)'\n')) >= 0; at += length + 1)
            {
                if (KeyOf(buffer.AsSpan(at, length)) is { } key)
                {
                    _lines.TryAdd(key, (bufferAt + at, length));
                }
            }

            if (read == 0)
            {
                _end = bufferAt + at;
                RandomAccess.SetLength(_file, _end);
                return;
            }

            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            bufferAt += at;
            filled -= at;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static UInt128? KeyOf(ReadOnlySpan<byte> line) =>
        line.Length > AnswerAt && line[^1] == (byte)'}' && line[CheckAt..(CheckAt + 16)].SequenceEqual(Encoding.ASCII.GetBytes(Check(line[CheckedFrom..^1])))
        && UInt128.TryParse(line[KeyAt..(KeyAt + 32)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 key) ? key : null;

    private static string Check(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body))[..16];
}
