using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Configuration;
using Sluice.Pool;

namespace Sluice.Runs.Study;

/// <summary>
/// <c>study.json</c>: what a study's data sets are and what they were made of. Under <c>plan</c> stands all that decides them; two plans that agree there have the same files. It
/// holds neither paths nor times, so that the same study is the same bytes everywhere.
/// </summary>
internal static class StudyManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "study.json";

    /// <summary>Name of the table that says which pool rows are in which data set.</summary>
    public const string RowsName = "rows.csv";

    /// <summary>Name of the table to fill in.</summary>
    public const string TemplateName = "scores-template.csv";

    private const string Kind = "sluiceStudy";

    /// <summary>Writes the manifest's content.</summary>
    public static JsonObject Create(JsonObject plan, PoolReader pool, IReadOnlyList<(StudyDataSet Set, StoredFile File)> sets, int baseRows, int each, IReadOnlyList<string> withoutRows, IReadOnlyList<StoredFile> others) => new()
    {
        [Kind] = 1,
        ["plan"] = plan,
        ["inputs"] = new JsonArray([.. pool.Plan.Files.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["bytes"] = f.Bytes, ["sha256"] = f.Sha256 })]),
        ["order"] = "Every data set begins with the lines of base.jsonl, in the same order; the rows of its category follow, by ascending pool row. Shuffle all trainings alike.",
        ["dataSets"] = new JsonArray([.. sets.Select(s => (JsonNode)new JsonObject
        {
            ["trained"] = s.Set.Trained,
            ["category"] = s.Set.Category,
            ["file"] = s.File.Name,
            ["baseRows"] = baseRows,
            ["addedRows"] = s.Set.Added.Count,
            ["bytes"] = s.File.Bytes,
            ["sha256"] = s.File.Sha256,
        })]),
        ["fewerRowsThanAsked"] = new JsonObject(sets.Where(s => s.Set.Category is not null && s.Set.Added.Count < each).Select(s => KeyValuePair.Create(s.Set.Category!, (JsonNode?)s.Set.Added.Count))),
        ["withoutRows"] = new JsonArray([.. withoutRows.Select(c => (JsonNode)c)]),
        ["files"] = new JsonArray([.. others.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["bytes"] = f.Bytes, ["sha256"] = f.Sha256 })]),
    };

    /// <summary>Throws <see cref="ConfigurationException"/> with every key in which the study that is there was planned otherwise; does nothing where there is none.</summary>
    public static void CheckSame(string folder, JsonObject plan)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return;
        }

        JsonObject? earlier = Read(path)["plan"] as JsonObject;
        List<ConfigurationError> errors = [.. plan
            .Where(p => !JsonNode.DeepEquals(p.Value, earlier?[p.Key]))
            .Select(p => new ConfigurationError("--out", $"{path} was planned with {p.Key} {Shown(earlier?[p.Key])}, expected {Shown(p.Value)} now. Choose another --out, or replace it with --fresh."))];
        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }
    }

    /// <summary>The categories of a study, in its order. Throws <see cref="InvalidDataException"/> when the file is no study, or one without categories.</summary>
    public static IReadOnlyList<string> Categories(string path)
    {
        string[] categories = Read(path)["dataSets"] is JsonArray sets
            ? [.. sets.OfType<JsonObject>().Select(s => s["category"]).OfType<JsonValue>().Select(v => v.GetValue<string>())]
            : [];
        return categories.Length > 0 ? categories : throw new InvalidDataException($"{path} names no data set with a category, expected at least one.");
    }

    /// <summary>Names of the data sets' files; none where there is no study.</summary>
    public static IReadOnlyList<string> Files(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) && Read(path)["dataSets"] is JsonArray sets ? [.. sets.OfType<JsonObject>().Select(s => Path.GetFileName((string?)s["file"] ?? "")).Where(static f => f.Length > 0)] : [];
    }

    private static JsonObject Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            if (JsonNode.Parse(stream) is JsonObject study && study.ContainsKey(Kind))
            {
                return study;
            }
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no JSON: {exception.Message}", exception);
        }

        throw new InvalidDataException($"{path} is no study: found no '{Kind}' in it. Expected a file that 'sluice study plan' wrote.");
    }

    private static string Shown(JsonNode? value)
    {
        string text = value?.ToJsonString(PoolJson.Options) ?? "nothing";
        return text.Length > 120 ? text[..120] + "…" : text;
    }
}
