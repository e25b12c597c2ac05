namespace Sluice.Host.Serve.Units;

/// <summary>Tells which files have kept their size and date for a while. Names that begin with a dot or end in .partial or .tmp are still being written by convention.</summary>
internal sealed class SettledFiles(TimeProvider time)
{
    private readonly Dictionary<string, (long Bytes, DateTime Written, long Since)> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether a file may be read now; notes its state otherwise.</summary>
    public bool IsSettled(string path, TimeSpan settle)
    {
        string name = Path.GetFileName(path);
        if (name.StartsWith('.') || name.EndsWith(".partial", StringComparison.Ordinal) || name.EndsWith(".tmp", StringComparison.Ordinal))
        {
            return false;
        }

        FileInfo info = new(path);
        if (!info.Exists)
        {
            _seen.Remove(path);
            return false;
        }

        (long, DateTime) state = (info.Length, info.LastWriteTimeUtc);
        if (_seen.TryGetValue(path, out (long Bytes, DateTime Written, long Since) before) && (before.Bytes, before.Written) == state)
        {
            return time.GetElapsedTime(before.Since) >= settle;
        }

        _seen[path] = (info.Length, info.LastWriteTimeUtc, time.GetTimestamp());
        return false;
    }
}
