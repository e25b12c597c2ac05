using System.Globalization;
using Sluice.Diagnostics;
using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Turns what a pipeline file says of its sources into the files of the run, or into every reason why it cannot.</summary>
/// <param name="limits">Files of one run at most.</param>
/// <param name="zstandard">Opens <c>.zst</c> files.</param>
internal sealed class SourceResolver(SourceLimits limits, IStreamDecoder zstandard)
{
    private const string Section = "Sources";
    private readonly ContentProbe _probe = new(zstandard);

    /// <summary>Expands the sources in their order, each one's files in ordinal order of their path. Never throws for what the user wrote or for files that cannot be read.</summary>
    /// <param name="specs">The sources.</param>
    /// <param name="baseFolder">Folder that relative paths start from.</param>
    public SourcePlan Resolve(IReadOnlyList<SourceSpec> specs, string baseFolder)
    {
        List<SourceFile> files = [];
        List<SourceError> errors = [];
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        if (specs.Count == 0)
        {
            errors.Add(new SourceError(Section, "Found no source, expected at least one {\"Path\": file, folder or glob}."));
        }

        for (int index = 0; index < specs.Count; index++)
        {
            string key = $"{Section}:{index}";
            (SourceFormat? format, string shape) = SourceSpecChecks.Check(specs[index], key, errors);
            SourceSpec spec = specs[index];
            string owner = $"{key}:Path ('{spec.Path}')";
            foreach (FileMatch match in Matches(spec, key, format, baseFolder, errors))
            {
                if (!owners.TryAdd(match.Path, owner))
                {
                    errors.Add(new SourceError($"{key}:Path", $"Found '{match.Path}' again: {owners[match.Path]} names it too. Expected every file once; its rows would count twice."));
                }
                else if (Nature(match, format, $"{key}:Path", errors) is { } nature)
                {
                    files.Add(new SourceFile(files.Count, match.Path, match.Name, nature.Format, nature.Compression, shape, spec.Label ?? "", spec.Mapping));
                }
            }
        }

        if (owners.Count > limits.MaxFiles)
        {
            errors.Add(new SourceError(Section, TooMany()));
        }

        return new SourcePlan(WithDistinctNames(files, baseFolder), errors);
    }

    private string TooMany() => string.Create(CultureInfo.InvariantCulture,
        $"Found more than {limits.MaxFiles:N0} files, expected at most that many ({SourceLimits.SectionName}:{nameof(SourceLimits.MaxFiles)}). Raise the limit, or put the rows into fewer files.");

    private FileMatch[] Matches(SourceSpec spec, string key, SourceFormat? format, string baseFolder, List<SourceError> errors)
    {
        if (spec.Path.Length == 0)
        {
            return [];
        }

        try
        {
            return Expand(spec.Path, $"{key}:Path", format, baseFolder, errors);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.Add(new SourceError($"{key}:Path", $"Cannot look into '{spec.Path}': {error.Message}"));
            return [];
        }
    }

    private FileMatch[] Expand(string path, string key, SourceFormat? format, string baseFolder, List<SourceError> errors)
    {
        string full = Path.GetFullPath(Path.Combine(baseFolder, path));
        if (File.Exists(full))
        {
            if (format is null && FileEndings.Format(full) is null)
            {
                errors.Add(new SourceError(key, $"Found '{Path.GetFileName(full)}', expected a name that ends in {FileEndings.Known}. Rename it, or state Format."));
                return [];
            }

            return [new FileMatch(full, Path.GetFileName(full))];
        }

        bool isFolder = Directory.Exists(full);
        PathPattern? pattern = !isFolder && PathPattern.IsPattern(path) ? PathPattern.Parse(path, baseFolder) : null;
        string root = pattern?.Root ?? full;
        if (!isFolder && (pattern is null || !Directory.Exists(root)))
        {
            errors.Add(new SourceError(key, $"Found nothing at '{full}', expected a file, a folder or a glob.{Neighbour(full)}"));
            return [];
        }

        // One more than allowed is enough to know; a million paths are enough to hold.
        string[] all = [.. FileWalk.Files(root, pattern?.IsDeep ?? true).Where(name => pattern?.Matches(name) ?? true).Take(limits.MaxFiles + 1)];
        FileMatch[] known = [.. all.Where(name => !FileEndings.IsTruth(name)).Where(name => FileEndings.Format(name) is not null || (format is not null && pattern is not null))
            .Order(StringComparer.Ordinal).Select(name => new FileMatch(Path.GetFullPath(Path.Combine(root, name)), name))];
        if (known.Length == 0)
        {
            string found = all.Length == 0 ? "no file" : string.Create(CultureInfo.InvariantCulture, $"{all.Length:N0} files, such as '{all.Min(StringComparer.Ordinal)}', but none with a known ending");
            errors.Add(new SourceError(key, $"Found {found} for '{path}' below '{root}', expected names that end in {FileEndings.Known}."));
        }

        return known;
    }

    private FileNature? Nature(FileMatch match, SourceFormat? format, string key, List<SourceError> errors)
    {
        try
        {
            FileNature nature = _probe.Probe(match.Path, format, out string? fault);
            if (fault is null)
            {
                return nature;
            }

            errors.Add(new SourceError(key, $"'{match.Path}': {fault}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SourceError(key, $"Cannot read '{match.Path}': {error.Message}"));
        }

        return null;
    }

    private static string Neighbour(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        return Directory.Exists(parent)
            ? Suggestion.DidYouMean(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(parent).Take(1000).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal))
            : $" There is no folder '{parent}'.";
    }

    // Names stand in row ids, so two sources with a file of the same name get their paths from the base folder instead.
    private static List<SourceFile> WithDistinctNames(List<SourceFile> files, string baseFolder)
    {
        HashSet<string> shared = [.. files.GroupBy(file => file.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key)];
        return [.. files.Select(file => shared.Contains(file.Name) ? file with { Name = Path.GetRelativePath(baseFolder, file.Path).Replace('\\', '/') } : file)];
    }
}
