using Sluice.Configuration;

namespace Sluice.Runs.DryRun;

/// <summary>
/// The folder of a dry run, beside the real work directory and made anew each time: <c>runs/NAME/limit-100</c>. A file in it says what it is, so that nothing else is ever
/// deleted.
/// </summary>
internal static class DryFolder
{
    /// <summary>Name of the file that marks such a folder.</summary>
    public const string Mark = "dry-run.txt";

    /// <summary>The folder of a pipeline's dry run over so many rows.</summary>
    public static string Of(Pipeline pipeline, long rows)
    {
        string name = FormattableString.Invariant($"limit-{rows}");
        string home = Path.GetDirectoryName(pipeline.WorkPath)!;
        // A work directory of the user's own choice may stand among others.
        return Path.GetFileName(home) == pipeline.Name ? Path.Combine(home, name) : $"{pipeline.WorkPath}-{name}";
    }

    /// <summary>The pipeline, led into that folder.</summary>
    public static Pipeline Lead(Pipeline pipeline, string folder) => pipeline with { WorkPath = Path.Combine(folder, "work"), OutPath = Path.Combine(folder, "out") };

    /// <summary>What steps would write beside the outputs, led into the folder too: configuration to lay over the pipeline's own.</summary>
    public static IReadOnlyDictionary<string, string> Redirections(Pipeline pipeline, string folder)
    {
        Dictionary<string, string> led = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string value) in pipeline.RecipeSettings.Where(s => s.Value.Length > 0))
        {
            bool state = key.EndsWith(":State", StringComparison.OrdinalIgnoreCase);
            // A table that is there is only read.
            bool table = key.EndsWith(":TagTable", StringComparison.OrdinalIgnoreCase) && !File.Exists(Path.Combine(pipeline.BaseFolder, value));
            if (state || table)
            {
                led[key] = Path.Combine(folder, "state", key.Split(':')[1], Path.GetFileName(Path.TrimEndingDirectorySeparator(value)));
            }
        }

        return led;
    }

    /// <summary>Makes the folder empty. Throws <see cref="ConfigurationException"/> when it holds something else.</summary>
    public static void MakeAnew(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!File.Exists(Path.Combine(folder, Mark)))
            {
                throw new ConfigurationException([new("--limit", $"Found {folder}, which is no dry run's (it lacks {Mark}), expected none or one of an earlier dry run. Move it away.")]);
            }

            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Mark), "A dry run of 'sluice run --limit' made this folder; the next one deletes it.\n");
    }
}
