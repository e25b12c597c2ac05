using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Recipes.Steps;
using Sluice.Runs;
using Sluice.Topology;

namespace Sluice.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Read_SeveralMistakes_ReportsEachWithItsKey()
    {
        List<ConfigurationError> errors = [];
        FlowOptions options = new ConfigurationReader(errors).Read<FlowOptions>(Section(new()
        {
            ["Flow:Paralellism"] = "2",
            ["Flow:BatchRows"] = "many",
            ["Flow:QueueBatches"] = "0",
            ["Flow:MaxRows"] = "777",
        }, "Flow"));

        Assert.Equal(3, errors.Count);
        Assert.Contains(errors, e => e.Key == "Flow:Paralellism" && e.Message.Contains("Did you mean 'Parallelism'?", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Key == "Flow:BatchRows" && e.Message.Contains("Found 'many', expected a whole number", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Key == "Flow:QueueBatches" && e.Message.Contains("from 1 to 1024", StringComparison.Ordinal));
        Assert.Equal(777, options.MaxRows);
        Assert.Equal(512, options.BatchRows);
    }

    [Fact]
    public void Read_ListsDictionariesAndNestedObjects_AreFilled()
    {
        List<ConfigurationError> errors = [];
        ProportionsStepOptions options = new ConfigurationReader(errors).Read<ProportionsStepOptions>(Section(new()
        {
            ["S:Bounds:Code:0"] = "0.1",
            ["S:Bounds:Code:1"] = "0.5",
            ["S:Groups:0:Categories:0"] = "A",
            ["S:Groups:0:Categories:1"] = "B",
            ["S:Groups:0:Min"] = "0.2",
            ["S:Count"] = "12",
        }, "S"));

        Assert.Empty(errors);
        Assert.Equal([0.1, 0.5], options.Bounds["Code"]);
        Assert.Equal(["A", "B"], options.Groups[0].Categories);
        Assert.Equal(0.2, options.Groups[0].Min);
        Assert.Equal(12, options.Count);
    }

    [Fact]
    public void Read_NullWhereATextMustBe_KeepsTheDefault()
    {
        List<ConfigurationError> errors = [];
        using MemoryStream json = new("""{ "S": { "Text": null, "Model": null, "Enabled": true }, "T": { "Temperature": null } }"""u8.ToArray());
        IConfigurationRoot root = new ConfigurationBuilder().AddJsonStream(json).Build();

        Sluice.Stages.EmbedStageOptions options = new ConfigurationReader(errors).Read<Sluice.Stages.EmbedStageOptions>(root.GetSection("S"));

        Assert.Empty(errors);
        Assert.Equal(("", "embedder"), (options.Text, options.Model));
        // Where nothing is a value of its own it is taken.
        Assert.Null(new ConfigurationReader(errors).Read<Sluice.Stages.RespondStageOptions>(root.GetSection("T")).Temperature);
    }

    [Theory]
    [InlineData("Metric", "cosin", "Did you mean 'cosine'?")]
    [InlineData("WhenExhausted", "FILL", "Did you mean 'fill'?")]
    [InlineData("Metric", "nothing like it", "expected one of cosine, euclidean.")]
    public void Read_MistypedValue_SaysWhatWasMeant(string key, string value, string expected)
    {
        List<ConfigurationError> errors = [];
        new ConfigurationReader(errors).Read<KCenterStepOptions>(Section(new() { [$"S:{key}"] = value }, "S"));

        Assert.EndsWith(expected, Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_EnvironmentAndSet_LaterOnesWinAndTheLaunchersVariablesAreNoKeys()
    {
        Environment.SetEnvironmentVariable("SLUICE__Flow__QueueBatches", "7");
        Environment.SetEnvironmentVariable("SLUICE__Flow__BatchRows", "9");
        Environment.SetEnvironmentVariable("SLUICE_NO_BUILD", "1");
        try
        {
            IConfigurationRoot configuration = ConfigurationLayers.Build(null, ["Flow:BatchRows=11"]);
            List<ConfigurationError> errors = [];
            FlowOptions flow = SluiceOptions.Read(configuration, errors).Flow;

            Assert.Empty(errors);
            Assert.Equal((7, 11), (flow.QueueBatches, flow.BatchRows));
        }
        finally
        {
            foreach (string name in (string[])["SLUICE__Flow__QueueBatches", "SLUICE__Flow__BatchRows", "SLUICE_NO_BUILD"])
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    [Fact]
    public void Appsettings_HoldsEveryOptionWithItsDefault()
    {
        IConfigurationRoot shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")).Build();
        List<string> wrong = [];
        foreach ((string section, object defaults) in (IEnumerable<(string, object)>)
        [
            (FlowOptions.SectionName, new FlowOptions()),
            (Sluice.Pool.PoolOptions.SectionName, new Sluice.Pool.PoolOptions()),
            (Sluice.Inference.InferenceOptions.SectionName, new Sluice.Inference.InferenceOptions()),
            (Sluice.Sources.SourceLimits.SectionName, new Sluice.Sources.SourceLimits()),
            (ModelsOptions.SectionName, new ModelsOptions()),
            (OutputOptions.SectionName, new OutputOptions()),
            (Sluice.Runs.Loop.LoopOptions.SectionName, new Sluice.Runs.Loop.LoopOptions()),
            (Sluice.Runs.Loop.LoopOptions.SectionName + ":Trainer", new Sluice.Runs.Loop.TrainerOptions()),
            (Sluice.Stages.ScriptStageOptions.SectionName, new Sluice.Stages.ScriptStageOptions()),
            (Sluice.Stages.TagStageOptions.SectionName, new Sluice.Stages.TagStageOptions()),
            (Sluice.Stages.QualityStageOptions.SectionName, new Sluice.Stages.QualityStageOptions()),
            (Sluice.Stages.EmbedStageOptions.SectionName, new Sluice.Stages.EmbedStageOptions()),
            (Sluice.Stages.ComplexityStageOptions.SectionName, new Sluice.Stages.ComplexityStageOptions()),
            (Sluice.Stages.IfdStageOptions.SectionName, new Sluice.Stages.IfdStageOptions()),
            (Sluice.Stages.RespondStageOptions.SectionName, new Sluice.Stages.RespondStageOptions()),
            (Sluice.Stages.RespondStageOptions.SectionName + ":Where", new Sluice.Stages.ConditionOptions()),
            (Sluice.Stages.NecessityStageOptions.SectionName, new Sluice.Stages.NecessityStageOptions()),
            (Sluice.Stages.OpenTagsStageOptions.SectionName, new Sluice.Stages.OpenTagsStageOptions()),
            (Sluice.Stages.OpenTagsStageOptions.SectionName + ":Where", new Sluice.Stages.ConditionOptions()),
            (Sluice.Dedup.DedupOptions.SectionName, new Sluice.Dedup.DedupOptions()),
            (Sluice.DuckDb.DuckDbOptions.SectionName, new Sluice.DuckDb.DuckDbOptions()),
            (Sluice.Host.Serve.ServeOptions.SectionName, new Sluice.Host.Serve.ServeOptions()),
        ])
        {
            foreach (System.Reflection.PropertyInfo property in defaults.GetType().GetProperties().Where(p => p.SetMethod is not null && (p.PropertyType.IsValueType || p.PropertyType == typeof(string))))
            {
                string key = $"{section}:{property.Name}";
                string expected = Convert.ToString(property.GetValue(defaults), System.Globalization.CultureInfo.InvariantCulture)!;
                if (!shipped.GetSection(section).GetChildren().Any(child => child.Key == property.Name) || !string.Equals(shipped[key] ?? "", expected, StringComparison.OrdinalIgnoreCase))
                {
                    wrong.Add($"{key}: found '{shipped[key]}', expected '{expected}'");
                }
            }
        }

        List<ConfigurationError> errors = [];
        SluiceOptions.Read(shipped, errors);
        Assert.Empty(errors);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static IConfigurationSection Section(Dictionary<string, string?> values, string name) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(name);
}
