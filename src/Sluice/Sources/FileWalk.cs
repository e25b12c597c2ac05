namespace Sluice.Sources;

/// <summary>Lists the files below a folder, hidden ones included, following links to folders but never round in circles.</summary>
internal static class FileWalk
{
    private static readonly EnumerationOptions s_options = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    /// <summary>Paths relative to <paramref name="root"/> with forward slashes, in no set order. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when a folder cannot be read.</summary>
    public static IEnumerable<string> Files(string root, bool deep)
    {
        Stack<(string Folder, string Prefix, string[] Real)> open = new([(root, "", [RealPath(root)])]);
        while (open.TryPop(out (string Folder, string Prefix, string[] Real) at))
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(at.Folder).EnumerateFileSystemInfos("*", s_options))
            {
                string relative = at.Prefix + entry.Name;
                if (!entry.Attributes.HasFlag(FileAttributes.Directory))
                {
                    yield return relative;
                    continue;
                }

                string real = RealPath(entry.FullName);
                if (deep && !at.Real.Contains(real))
                {
                    open.Push((entry.FullName, relative + "/", [.. at.Real, real]));
                }
            }
        }
    }

    private static string RealPath(string folder) =>
        Path.TrimEndingDirectorySeparator(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder));
}
