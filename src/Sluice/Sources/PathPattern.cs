namespace Sluice.Sources;

/// <summary>A glob: <c>*</c> and <c>?</c> stay inside one part of a path, <c>**</c> stands for any number of folders. Case matters.</summary>
internal sealed class PathPattern
{
    private readonly string[] _parts;

    private PathPattern(string root, string[] parts)
    {
        Root = root;
        _parts = parts;
    }

    /// <summary>The folder before the first part with a wildcard, absolute.</summary>
    public string Root { get; }

    /// <summary>Whether files below sub-folders of <see cref="Root"/> can match.</summary>
    public bool IsDeep => _parts.Length > 1 || _parts[0] == "**";

    /// <summary>Whether a path holds a wildcard.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>Reads a pattern, relative to a folder.</summary>
    public static PathPattern Parse(string pattern, string baseFolder)
    {
        string full = Path.Combine(baseFolder, pattern).Replace('\\', '/');
        string[] parts = full.Split('/');
        int first = Array.FindIndex(parts, IsPattern);
        string root = string.Join('/', parts[..first]);
        return new PathPattern(Path.GetFullPath(root.Length == 0 ? "/" : root), [.. parts[first..].Where(part => part.Length > 0 && part != ".")]);
    }

    /// <summary>Whether a path relative to <see cref="Root"/>, with forward slashes, matches.</summary>
    public bool Matches(string relative) => MatchParts(_parts, relative.Split('/'));

    private static bool MatchParts(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        while (!pattern.IsEmpty && pattern[0] != "**")
        {
            if (path.IsEmpty || !MatchPart(pattern[0], path[0]))
            {
                return false;
            }

            pattern = pattern[1..];
            path = path[1..];
        }

        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        // A last "**" stands for every file below, so it needs at least one part.
        int least = pattern.Length == 1 ? 1 : 0;
        for (int skip = least; skip <= path.Length; skip++)
        {
            if (pattern.Length == 1 ? skip == path.Length : MatchParts(pattern[1..], path[skip..]))
            {
                return true;
            }
        }

        return false;
    }

    // Greedy match that goes back to the last star only: linear in practice, never exponential.
    private static bool MatchPart(string pattern, string name)
    {
        int at = 0, star = -1, retry = 0, i = 0;
        while (i < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, retry) = (at++, i);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[i]))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                (at, i) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).Trim('*').IsEmpty;
    }
}
