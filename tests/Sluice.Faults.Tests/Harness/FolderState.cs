using System.Security.Cryptography;

namespace Sluice.Faults.Tests.Harness;

/// <summary>A folder's files and what is in them.</summary>
internal static class FolderState
{
    // Written by whoever holds the lock, a refused run too.
    private const string LockOwner = "lock.owner";

    /// <summary>A line a file, path and digest, in order.</summary>
    public static IReadOnlyList<string> Of(string folder) => [.. Files(folder)
        .Where(static file => Path.GetFileName(file) != LockOwner)
        .Select(file => $"{Path.GetRelativePath(folder, file)} {Digest(file)}").Order(StringComparer.Ordinal)];

    /// <summary>Files and folders that a run may have only while it works.</summary>
    public static IReadOnlyList<string> Leftovers(string folder) => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Where(static path => path.EndsWith(".partial", StringComparison.Ordinal) || Path.GetFileName(path).Contains(".writing", StringComparison.Ordinal))];

    /// <summary>Every file below a folder.</summary>
    public static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    /// <summary>Room that the files take on a file system of 4 KiB pages.</summary>
    public static long Pages(string folder) => Files(folder).Sum(static file => (new FileInfo(file).Length + 4095) / 4096 * 4096);

    /// <summary>Copies everything below a folder.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (string file in Files(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private static string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
