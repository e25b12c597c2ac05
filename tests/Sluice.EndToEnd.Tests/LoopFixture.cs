using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>A pool of demo rows, a first model and a pipeline whose loop trains real small models: tests.TestTrainer.</summary>
internal sealed class LoopFixture : IDisposable
{
    public LoopFixture()
    {
        Cli.Run("demo", "--rows", "900", "--seed", "5", "--out", "demo.jsonl").Expect(0);
        foreach (string template in Directory.EnumerateFiles(Path.Combine(Cli.Root, "models", "templates")))
        {
            Directory.CreateDirectory(Cli["models/templates"]);
            File.Copy(template, Cli["models/templates/" + Path.GetFileName(template)]);
        }

        Directory.CreateDirectory(Cli["models/base"]);
        string[] seeds = [.. File.ReadLines(Cli["demo.jsonl"]).Where(IsRow).Take(60)];
        File.WriteAllLines(Cli["seeds.jsonl"], seeds);
        using Process first = Process.Start("dotnet", [TrainerPath, "--selected", Cli["seeds.jsonl"], "--next", Cli["models/base"]]);
        first.WaitForExit();
        Assert.Equal(0, first.ExitCode);
    }

    public static string TrainerPath { get; } = Path.Combine(AppContext.BaseDirectory, "Sluice.TestTrainer.dll");

    public Cli Cli { get; } = new();

    /// <summary>Writes a pipeline that trains.</summary>
    public void WritePipeline(string name = "p.json", int epochs = 3, string strategy = "iterative", bool trains = true, string recipe = Recipe, params string[] more)
    {
        JsonArray arguments = [TrainerPath, "--selected", "{selected}", "--model", "{model}", "--next", "{next}", .. more];
        Cli.Write(name, new JsonObject
        {
            ["Name"] = "p",
            ["Sources"] = new JsonArray(new JsonObject { ["Path"] = "demo.jsonl" }),
            ["Models"] = new JsonObject { ["Directory"] = Cli["models"] },
            ["Flow"] = new JsonObject { ["BatchRows"] = 16 },
            ["Stages"] = new JsonObject
            {
                ["Tag"] = Off(),
                ["Quality"] = Off(),
                ["Complexity"] = Off(),
                ["Embed"] = Off(),
                ["Ifd"] = new JsonObject { ["Enabled"] = true, ["Model"] = "base", ["Definition"] = "iterit", ["Template"] = "plain" },
            },
            ["Recipe"] = JsonNode.Parse(recipe),
            ["Loop"] = new JsonObject
            {
                ["Epochs"] = epochs,
                ["UpdateStrategy"] = strategy,
                ["Trainer"] = trains ? new JsonObject { ["Command"] = "dotnet", ["Arguments"] = arguments } : [],
            },
        }.ToJsonString());
    }

    public const string Recipe = """[ { "Step": "Ifd", "Ratio": 0.06, "Suffix": "<|end_of_text|>" } ]""";

    /// <summary>Every file of an output and of the iteration's state that must not depend on when a run was cut off: path to bytes.</summary>
    public SortedDictionary<string, byte[]> Results(string output, string work)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(Cli[output], "*", SearchOption.AllDirectories).Where(p => Path.GetFileName(p) is "selected.jsonl" or "selection.jsonl" or "dropped.parquet"))
        {
            files[Path.GetRelativePath(Cli[output], path)] = File.ReadAllBytes(path);
        }

        foreach (string path in Directory.EnumerateFiles(Path.Combine(Cli[work], "loop"), "*", SearchOption.AllDirectories).Where(p => Path.GetExtension(p) is ".csv" or ".onnx"))
        {
            files["loop/" + Path.GetRelativePath(Path.Combine(Cli[work], "loop"), path)] = File.ReadAllBytes(path);
        }

        return files;
    }

    public void Dispose() => Cli.Dispose();

    private static JsonObject Off() => new() { ["Enabled"] = false };

    private static bool IsRow(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject row && row.Count > 1;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
