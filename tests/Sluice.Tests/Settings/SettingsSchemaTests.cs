using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Extensions.Configuration;
using Sluice.Clp;
using Sluice.Configuration;
using Sluice.Host.Settings;
using Sluice.Recipes;
using Sluice.Runs;
using Sluice.Sources;

namespace Sluice.Tests.Settings;

/// <summary>The committed schemas are those that the program makes, and an independent validator agrees with the program about files.</summary>
public sealed class SettingsSchemaTests
{
    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static TheoryData<string> Pipelines => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "pipelines"), "*.json")
        .Select(f => Path.GetFileName(f)).Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("pipeline", "pipelines/pipeline.schema.json")]
    [InlineData("appsettings", "appsettings.schema.json")]
    public void Committed_IsWhatTheProgramMakes(string kind, string file) => Assert.True(
        File.Exists(Path.Combine(Repository.Root, file)) && File.ReadAllText(Path.Combine(Repository.Root, file)) == SettingsSchema.Text(kind),
        $"{file} is not what the program makes any more. Make it anew: ./sluice schema {kind} > {file}");

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Pipeline_Shipped_IsValidAndNamesItsSchema(string file)
    {
        JsonElement pipeline = Read(Path.Combine(Repository.Root, "pipelines", file));

        Assert.Empty(Faults("pipeline", pipeline));
        Assert.Equal("pipeline.schema.json", pipeline.GetProperty("$schema").GetString());
    }

    [Fact]
    public void Appsettings_Shipped_IsValidAndNamesItsSchema()
    {
        JsonElement settings = Read(Path.Combine(Repository.Root, "appsettings.json"));

        Assert.Empty(Faults("appsettings", settings));
        Assert.Equal("appsettings.schema.json", settings.GetProperty("$schema").GetString());
    }

    [Theory]
    [InlineData("""{ "Flow": { "BatchRows": "many" } }""", "/Flow/BatchRows")]
    [InlineData("""{ "Flow": { "BatchRows": 0 } }""", "/Flow/BatchRows")]
    [InlineData("""{ "Flow": { "BatchRows": 65537 } }""", "/Flow/BatchRows")]
    [InlineData("""{ "Flow": { "BatchRow": 512 } }""", "/Flow/BatchRow")]
    [InlineData("""{ "Flow": { "StallTime": "soon" } }""", "/Flow/StallTime")]
    [InlineData("""{ "Stages": { "Qualty": { "Enabled": true } } }""", "/Stages/Qualty")]
    [InlineData("""{ "Stages": { "Embed": { "Text": "answers" } } }""", "/Stages/Embed/Text")]
    [InlineData("""{ "Stages": { "Tag": { "Model": "" } } }""", "/Stages/Tag/Model")]
    [InlineData("""{ "Output": { "Format": "Csv" } }""", "/Output/Format")]
    [InlineData("""{ "Sources": [ { "Paht": "rows" } ] }""", "/Sources/0/Paht")]
    [InlineData("""{ "Sources": [ { "Path": "rows", "Shape": "alpacka" } ] }""", "/Sources/0/Shape")]
    [InlineData("""{ "Recipe": [ { "Step": "KCenter", "Count": 5, "Metric": "cosin" } ] }""", "/Recipe/0")]
    [InlineData("""{ "Recipe": [ { "Step": "KCenter", "Count": 0 } ] }""", "/Recipe/0")]
    [InlineData("""{ "Recipe": [ { "Step": "KCenter" } ] }""", "/Recipe/0")]
    [InlineData("""{ "Recipe": [ { "Step": "Topp", "Column": "quality", "Count": 5 } ] }""", "/Recipe/0")]
    [InlineData("""{ "Recipe": [ { "Step": "Top", "Colum": "quality", "Count": 5 } ] }""", "/Recipe/0")]
    public void Appsettings_Mistake_FailsAtItsPlaceAndTheProgramRefusesItToo(string text, string place)
    {
        Assert.Contains(Faults("appsettings", JsonDocument.Parse(text).RootElement), f => f.StartsWith(place, StringComparison.Ordinal));
        Assert.NotEmpty(ReadByTheProgram(text));
    }

    [Theory]
    [InlineData("""{ "Flow": { "BatchRows": 1, "StallTime": "1.00:00:00" }, "Stages": { "Embed": { "Text": "" } }, "Output": { "Format": "Parquet" } }""")]
    [InlineData("""{ "Stages": { "Respond": { "Seed": null, "Temperature": null, "Where": { "Column": "quality", "Above": 0.5 } } } }""")]
    [InlineData("""{ "Recipe": [ { "Step": "Proportions", "Bounds": { "Code": [0.1, 0.5] }, "MinCounts": { "Code": 3 }, "Groups": [ { "Categories": ["A"], "Min": 0.2 } ] } ] }""")]
    [InlineData("""{ "Recipe": [ { "Step": "KCenter", "As": "seeds", "From": "pool", "Count": 5, "Start": [1, 2] }, { "Step": "Merge", "Of": ["seeds", "pool"] } ] }""")]
    public void Appsettings_FineFile_IsValidAndTheProgramTakesIt(string text)
    {
        Assert.Empty(Faults("appsettings", JsonDocument.Parse(text).RootElement));
        Assert.Empty(ReadByTheProgram(text));
    }

    [Fact]
    public void Recipe_ListOfSteps_IsValidAndAnEmptyOneIsNot()
    {
        Assert.Empty(Faults("recipe", JsonDocument.Parse("""[ { "Step": "Top", "Column": "score", "Count": 2 } ]""").RootElement));
        Assert.NotEmpty(Faults("recipe", JsonDocument.Parse("[]").RootElement));
    }

    [Fact]
    public void Steps_KeysThatTheSchemaRequires_AreThoseTheProgramMisses()
    {
        JsonObject definitions = (JsonObject)JsonNode.Parse(SettingsSchema.Text("recipe"))!["$defs"]!;
        foreach (string step in StepCatalog.Steps.Keys)
        {
            foreach (string key in definitions[step]!["required"]!.AsArray().Select(k => (string)k!).Where(k => k != "Step"))
            {
                Assert.Contains(ReadByTheProgram($$"""{ "Recipe": [ { "Step": "{{step}}" } ] }"""), e => e.Contains(key, StringComparison.Ordinal) || e.Contains("at least two", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Steps_OptionsOfTheCatalog_AreThoseTheStepReads()
    {
        foreach ((string step, StepKind kind) in StepCatalog.Steps)
        {
            string known = string.Join(", ", OptionProperties.Of(kind.Options).Select(p => p.Name).Order(StringComparer.Ordinal));
            Assert.Contains(ReadByTheProgram($$"""{ "Recipe": [ { "Step": "{{step}}", "Nonsense": 1 } ] }"""), e => e.Contains($"Known here: {known}.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Sections_AreAllThatTheProgramReads()
    {
        IEnumerable<string> read = typeof(SluiceOptions).GetProperties().Where(p => p.PropertyType.IsClass && p.PropertyType.Namespace!.StartsWith("Sluice", StringComparison.Ordinal) && p.PropertyType != typeof(SluiceOptions))
            .Select(p => (string)p.PropertyType.GetField("SectionName")!.GetRawConstantValue()!);

        Assert.Equal(read.Append("DuckDb").Append("Serve").Order(StringComparer.Ordinal), SettingsCatalog.Sections.Select(s => s.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryKey_SaysWhatItMeans()
    {
        List<string> silent = [];
        foreach ((string name, JsonNode? definition) in (JsonObject)JsonNode.Parse(SettingsSchema.Text("pipeline"))!["$defs"]!)
        {
            foreach ((string key, JsonNode? value) in definition!["properties"] as JsonObject ?? [])
            {
                if (value!["description"] is null && value["const"] is null && value["enum"] is null)
                {
                    silent.Add($"{name}:{key}");
                }
            }
        }

        Assert.Empty(silent);
    }

    [Fact]
    public void Source_Values_AreThoseTheResolverKnows()
    {
        Assert.Equal(RowShapes.All, OptionProperties.Values(typeof(SourceSpec).GetProperty(nameof(SourceSpec.Shape))!));
        Assert.All(OptionProperties.Values(typeof(SourceSpec).GetProperty(nameof(SourceSpec.Format))!), name => Assert.NotNull(FileEndings.Named(name)));
        Assert.Subset(OptionProperties.Values(typeof(SourceSpec).GetProperty(nameof(SourceSpec.Format))!).ToHashSet(), FileEndings.FormatNames.ToHashSet());
    }

    // Sources are checked when files are looked for, so a shape counts here as the resolver's.
    private static List<string> ReadByTheProgram(string text)
    {
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(text));
        IConfigurationRoot root = new ConfigurationBuilder().AddJsonStream(stream).Build();
        List<ConfigurationError> errors = [];
        SluiceOptions.Read(root, errors);
        ConfigurationReader reader = new(errors);
        SourceSpec[] sources = [.. root.GetSection("Sources").GetChildren().Select(s => reader.Read<SourceSpec>(s))];
        List<SourceError> faults = [];
        foreach (SourceSpec source in sources)
        {
            SourceSpecChecks.Check(source, "Sources", faults);
        }

        if (root.GetSection("Recipe").GetChildren().Any())
        {
            new RecipeReader(new ClpSolver(), errors).Read(root.GetSection("Recipe"), "/");
        }

        return [.. errors.Select(e => e.ToString()), .. faults.Select(f => f.Message)];
    }

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path), s_lenient).RootElement;

    // The places of everything that is wrong.
    private static List<string> Faults(string kind, JsonElement file)
    {
        EvaluationResults results = JsonSchema.FromText(SettingsSchema.Text(kind)).Evaluate(file, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(d => !d.IsValid).Select(d => d.InstanceLocation.ToString())];
    }
}
