using System.Text.Json.Nodes;
using Sluice.Configuration;
using Sluice.DuckDb;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Runs;
using Sluice.Sources;

namespace Sluice.Host.Settings;

/// <summary>JSON Schemas of the files that people write, made from the options classes that they are read into.</summary>
internal static class SettingsSchema
{
    /// <summary>The files a schema can be had for.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["pipeline", "appsettings", "recipe"];

    /// <summary>The schema as text, with a line break at its end. Throws <see cref="ArgumentException"/> for a kind that there is not.</summary>
    public static string Text(string kind) => Of(kind).ToJsonString(PoolJson.Indented) + "\n";

    private static JsonObject Of(string kind)
    {
        SchemaWriter writer = new(XmlDocs.Load([typeof(SluiceOptions).Assembly, typeof(DuckDbOptions).Assembly, typeof(SettingsSchema).Assembly]));
        JsonObject schema = new() { ["$schema"] = SchemaWriter.Draft };
        switch (kind)
        {
            case "pipeline":
                schema["title"] = "Sluice pipeline";
                schema["description"] = "What goes in, what scores it and what is chosen. Paths are relative to the file.";
                AddSettings(schema, writer, isPipeline: true);
                break;
            case "appsettings":
                schema["title"] = "Sluice settings";
                schema["description"] = "Every option with its default; a pipeline file, environment variables and --set override it.";
                AddSettings(schema, writer, isPipeline: false);
                break;
            case "recipe":
                schema["title"] = "Sluice recipe";
                foreach ((string key, JsonNode? value) in Recipe(writer))
                {
                    schema[key] = value?.DeepClone();
                }

                break;
            default:
                throw new ArgumentException($"Found '{kind}', expected one of {string.Join(", ", Kinds)}.", nameof(kind));
        }

        schema["$defs"] = writer.Definitions();
        return schema;
    }

    private static void AddSettings(JsonObject schema, SchemaWriter writer, bool isPipeline)
    {
        JsonObject properties = new()
        {
            ["$schema"] = new JsonObject { ["type"] = "string", ["description"] = "The schema that editors check and complete this file by." },
            ["Name"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = "Name of the run, which names its folder below runs. Default: the file's name." },
            ["Sources"] = new JsonObject { ["type"] = "array", ["description"] = "The files to read, in this order.", ["items"] = writer.Reference(typeof(SourceSpec)) },
        };
        foreach ((string key, Type options) in SettingsCatalog.Sections)
        {
            properties[key] = writer.Reference(options);
        }

        properties["Recipe"] = Recipe(writer);
        schema["type"] = "object";
        schema["properties"] = properties;
        if (isPipeline)
        {
            schema["required"] = new JsonArray("Sources", "Recipe");
        }
        else
        {
            // The host's own, which Sluice does not read.
            properties["Logging"] = new JsonObject { ["type"] = "object" };
            properties["AllowedHosts"] = new JsonObject { ["type"] = "string" };
        }

        schema["additionalProperties"] = false;
    }

    private static JsonObject Recipe(SchemaWriter writer)
    {
        JsonObject step = new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray(StepCatalog.StepKey),
            ["properties"] = new JsonObject { [StepCatalog.StepKey] = new JsonObject { ["enum"] = new JsonArray([.. StepCatalog.Steps.Keys.Select(k => (JsonNode)k)]) } },
            ["oneOf"] = new JsonArray([.. StepCatalog.Steps.Select(s => (JsonNode)writer.Define(s.Key, Step(writer, s.Key, s.Value)))]),
        };
        return new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["description"] = "The steps that choose, each from the rows that the one before kept. Ties go to the lowest row.",
            ["items"] = writer.Define("Step", step),
        };
    }

    private static JsonObject Step(SchemaWriter writer, string name, StepKind kind) => writer.Object(kind.Options,
    [
        new(StepCatalog.StepKey, new JsonObject { ["const"] = name }),
        new(StepCatalog.AsKey, new JsonObject { ["type"] = "string", ["description"] = "A name by which later steps refer to the rows that this one keeps." }),
        new(StepCatalog.FromKey, new JsonObject { ["type"] = "string", ["description"] = $"An earlier step, by its name, whose rows come in instead of the last one's; {StepCatalog.Everything}: every candidate." }),
    ], kind.Options.Assembly.GetType(kind.Options.FullName![..^"Options".Length]));
}
