using System.Text.Json.Nodes;
using Sluice.Sinks.Diff;
using Sluice.Sinks.Report;

namespace Sluice.Runs.Diff;

/// <summary>What two runs were told differently: settings and recipe options by key, models, inputs, the program's version.</summary>
internal static class SettingChanges
{
    private const string Recipe = "Recipe:";

    /// <summary>Every difference, the recipe's first.</summary>
    public static IReadOnlyList<DiffSetting> Of(OutputManifest before, OutputManifest after, FilePairs files)
    {
        List<DiffSetting> changes = [];
        Compare(Settings(before), Settings(after), changes);
        changes = [.. changes.OrderBy(c => c.Key.StartsWith(Recipe, StringComparison.OrdinalIgnoreCase) ? 0 : 1).ThenBy(c => c.Key, StringComparer.OrdinalIgnoreCase)];
        Compare(Models(before), Models(after), changes);
        for (int i = 0; i < before.Files.Count; i++)
        {
            if (files.AfterOf[i] == FilePairs.Absent)
            {
                changes.Add(new DiffSetting($"input {before.Files[i].Name}", "there", null));
            }
        }

        for (int i = 0; i < after.Files.Count; i++)
        {
            if (files.BeforeOf[i] == FilePairs.Absent)
            {
                changes.Add(new DiffSetting($"input {after.Files[i].Name}", null, "there"));
            }
        }

        Compare(Version(before), Version(after), changes);
        return changes;
    }

    /// <summary>Whether an output tells its recipe's options; those of earlier versions do not.</summary>
    public static bool TellsRecipe(OutputManifest output) => Settings(output).Keys.Any(k => k.StartsWith(Recipe, StringComparison.OrdinalIgnoreCase));

    private static void Compare(Dictionary<string, string> before, Dictionary<string, string> after, List<DiffSetting> changes)
    {
        foreach (string key in before.Keys.Union(after.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
        {
            (string? was, string? now) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was != now)
            {
                changes.Add(new DiffSetting(key, was, now));
            }
        }
    }

    private static Dictionary<string, string> Settings(OutputManifest output) => new(
        (output.Run["settings"] as JsonObject ?? []).Select(s => KeyValuePair.Create(s.Key, (output.Run["settings"] as JsonObject).Text(s.Key))).DistinctBy(s => s.Key, StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    // A model's fingerprint stands among the settings too, but in words that only the stage knows.
    private static Dictionary<string, string> Models(OutputManifest output) =>
        output.Columns.ToDictionary(c => $"model of {c.Key}", c => c.Value.Fingerprint.Length > 0 ? c.Value.Fingerprint : c.Value.Kind, StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, string> Version(OutputManifest output) => new(StringComparer.OrdinalIgnoreCase) { ["sluice"] = output.Run.Text("sluice") };
}
