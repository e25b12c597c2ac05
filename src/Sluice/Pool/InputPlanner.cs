using System.Security.Cryptography;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Sources;

namespace Sluice.Pool;

/// <summary>Makes the plan of a run and compares it with the one a pool was begun with.</summary>
internal static class InputPlanner
{
    /// <summary>Hashes the files: the plan knows them by content, since a file rewritten under the same name and size is another one.</summary>
    /// <param name="files">The files, in reading order.</param>
    /// <param name="rows">Rows of a file by its own footer, -1 where that is not known.</param>
    /// <param name="progress">Told the number of files hashed.</param>
    /// <param name="token">Ends the planning.</param>
    public static async Task<IReadOnlyList<PlannedFile>> PlanAsync(IReadOnlyList<SourceFile> files, Func<SourceFile, long> rows, Action<int>? progress, CancellationToken token)
    {
        List<PlannedFile> planned = [];
        foreach (SourceFile file in files)
        {
            await using FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
            string digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, token));
            planned.Add(new PlannedFile(planned.Count, file.Name, file.Path, file.Format, file.Compression, file.Shape, file.Label, file.Mapping, stream.Length, digest, rows(file)));
            progress?.Invoke(planned.Count);
        }

        return planned;
    }

    /// <summary>
    /// The plan a resumed run goes on with: the earlier one, followed by files that are new since. Throws <see cref="ConfigurationException"/> naming every
    /// difference that matters: a setting, a changed file, or a missing file that was not read to its end. A changed, added or removed model is none: its columns
    /// alone are scored again.
    /// </summary>
    public static PoolPlan Continue(PoolPlan earlier, IReadOnlyList<PlannedFile> now, IReadOnlyDictionary<string, string> settings, IReadOnlyList<LedgerRecord> ledger)
    {
        List<ConfigurationError> errors = [];
        foreach ((string key, string value) in settings)
        {
            string? before = earlier.Settings.GetValueOrDefault(key);
            // Pools of earlier versions say nothing of limits.
            if (before != value && !IsModel(key) && !(before is null && key.StartsWith(SourceLimits.SectionName + ":", StringComparison.Ordinal)))
            {
                errors.Add(new(key, $"Found '{value}', but the pool was begun with '{before ?? "(not set)"}'. Set it back, or start anew with --fresh."));
            }
        }

        foreach ((string key, string value) in earlier.Settings.Where(s => !settings.ContainsKey(s.Key) && !IsModel(s.Key)))
        {
            errors.Add(new(key, $"Found nothing, but the pool was begun with '{value}'. Set it back, or start anew with --fresh."));
        }

        List<PlannedFile> files = [.. earlier.Files];
        HashSet<string> known = [.. earlier.Files.Select(f => f.Path)];
        int nextFile = ledger.Count == 0 ? 0 : ledger[^1].NextFile;
        Dictionary<string, PlannedFile> byPath = now.ToDictionary(f => f.Path, StringComparer.Ordinal);
        foreach (PlannedFile before in earlier.Files)
        {
            PlannedFile? after = byPath.GetValueOrDefault(before.Path);
            if (after is null)
            {
                if (before.Index >= nextFile)
                {
                    errors.Add(new($"Sources ({before.Name})", $"The file {before.Path} is gone or no longer named, but it was not read to its end. Put it back, or start anew with --fresh."));
                }
            }
            else if (after.Sha256 != before.Sha256)
            {
                errors.Add(new($"Sources ({before.Name})", $"The file {before.Path} has changed: found {after.Bytes} bytes with SHA-256 {after.Sha256[..12]}…, but the pool was begun with {before.Bytes} bytes, {before.Sha256[..12]}…. Put it back, or start anew with --fresh."));
            }
            else if (after.Shape != before.Shape || after.Label != before.Label)
            {
                errors.Add(new($"Sources ({before.Name})", $"Found shape '{after.Shape}' and label '{after.Label}', but the pool was begun with '{before.Shape}' and '{before.Label}'. Set them back, or start anew with --fresh."));
            }
            else if (Text(after.Mapping) is { } mapping && mapping != Text(before.Mapping))
            {
                errors.Add(new($"Sources ({before.Name})", $"Found the mapping {mapping}, but the pool was begun with {Text(before.Mapping)}. Set it back, or start anew with --fresh."));
            }
        }

        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }

        files.AddRange(now.Where(f => !known.Contains(f.Path)).Select((f, i) => f with { Index = earlier.Files.Count + i }));
        return earlier with { Files = files, Settings = settings };
    }

    private static string Text(FieldMapping? mapping) => JsonSerializer.Serialize(mapping, PoolJson.Options);

    // Stages are keyed by their lower-case names (Stages:quality), options by their own (Stages:Dedup:Near).
    private static bool IsModel(string key) => key.StartsWith("Stages:", StringComparison.Ordinal) && char.IsAsciiLetterLower(key["Stages:".Length]);
}
