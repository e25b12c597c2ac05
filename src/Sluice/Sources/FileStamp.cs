using Microsoft.Win32.SafeHandles;

namespace Sluice.Sources;

/// <summary>By what a file that is written to is known: its length and the time of its last change.</summary>
/// <param name="Bytes">Length.</param>
/// <param name="Changed">Last write, UTC.</param>
internal readonly record struct FileStamp(long Bytes, DateTime Changed)
{
    /// <summary>The stamp of the file that a path leads to now, links followed. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when it cannot be opened.</summary>
    public static FileStamp Of(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new FileStamp(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
    }
}
