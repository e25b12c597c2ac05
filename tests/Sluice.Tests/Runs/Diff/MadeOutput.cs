using System.Text.Json.Nodes;
using Sluice.Records;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Runs.Diff;

/// <summary>An output directory written by hand: what a run leaves, with what the test wants in it.</summary>
internal sealed class MadeOutput
{
    /// <summary>Input files: name, digest and label.</summary>
    public (string Name, string Sha256, string Label)[] Files { get; init; } = [("rows.jsonl", "aaaaaaaaaaaaaaaa", "")];

    /// <summary>Chosen rows in order: id, pool row, category, quality.</summary>
    public required IReadOnlyList<(string Id, long Row, string? Category, double Quality)> Selected { get; init; }

    /// <summary>Dropped rows: id, step, reason.</summary>
    public IReadOnlyList<(string Id, string Step, string Reason)> Dropped { get; init; } = [];

    /// <summary>Settings of the run.</summary>
    public Dictionary<string, string> Settings { get; init; } = new() { ["Recipe:0:Step"] = "Top" };

    /// <summary>Fingerprint of the model of quality.</summary>
    public string Model { get; init; } = "q1";

    /// <summary>Whether the chosen rows are written as Parquet.</summary>
    public bool IsParquet { get; init; }

    /// <summary>Writes the directory.</summary>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        JsonObject run = new()
        {
            ["sluice"] = "0.1.0",
            ["name"] = Path.GetFileName(folder),
            ["pool"] = Path.Combine(folder, "no-pool"),
            ["rows"] = new JsonObject { ["candidates"] = Selected.Count + Dropped.Count, ["selected"] = Selected.DistinctBy(r => r.Id).Count(), ["written"] = Selected.Count },
            ["files"] = new JsonArray([.. Files.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["path"] = "/in/" + f.Name, ["label"] = f.Label, ["sha256"] = f.Sha256 })]),
            ["steps"] = new JsonArray(new JsonObject { ["step"] = "Top", ["out"] = Selected.Count }),
            ["columns"] = new JsonArray(
                new JsonObject { ["name"] = "category", ["kind"] = "Text", ["fingerprint"] = "t1" },
                new JsonObject { ["name"] = "quality", ["kind"] = "Number", ["fingerprint"] = Model },
                new JsonObject { ["name"] = "embedding", ["kind"] = "Vector", ["fingerprint"] = "e1" }),
            ["settings"] = new JsonObject(Settings.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))),
        };
        File.WriteAllText(Path.Combine(folder, "run.json"), run.ToJsonString());
        File.WriteAllLines(Path.Combine(folder, "selection.jsonl"), Selected.Select((r, rank) => new JsonObject
        {
            ["rank"] = rank,
            ["row"] = r.Row,
            ["id"] = r.Id,
            ["category"] = r.Category,
            ["quality"] = double.IsNaN(r.Quality) ? null : r.Quality,
        }.ToJsonString()));
        string lines = Path.Combine(folder, "selected.jsonl");
        File.WriteAllLines(lines, Selected.Select(r => new JsonObject { ["instruction"] = $"say {r.Id}", ["output"] = "so\nbe it" }.ToJsonString()));
        if (IsParquet)
        {
            PoolFixture.Tables.ConvertJsonLinesToParquet(lines, Path.Combine(folder, "selected.parquet"));
            File.Delete(lines);
        }

        PoolFixture.Tables.Write(Path.Combine(folder, "dropped.parquet"),
        [
            new("row", new IntegerData([.. Dropped.Select((_, i) => (long)i)])),
            new("id", new TextData([.. Dropped.Select(d => d.Id)])),
            new("step", new TextData([.. Dropped.Select(d => d.Step)])),
            new("reason", new TextData([.. Dropped.Select(d => d.Reason)])),
        ]);
        return folder;
    }

    /// <summary>Rows of <c>rows.jsonl</c> by number, of one category and with the number as quality.</summary>
    public static (string Id, long Row, string? Category, double Quality)[] Rows(params int[] numbers) => [.. numbers.Select(n => ($"rows.jsonl#{n}", (long)n - 1, (string?)"any", (double)n))];
}
