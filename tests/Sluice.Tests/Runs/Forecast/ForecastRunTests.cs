using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Configuration;
using Sluice.Demo;
using Sluice.Host.Services;
using Sluice.Proportions;
using Sluice.Runs;
using Sluice.Runs.Forecast;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Runs.Forecast;

/// <summary>Forecasts of small demo files beside what a run of them gives.</summary>
public sealed class ForecastRunTests : IDisposable
{
    private const int Rows = 12000;

    // Needs a model that the plain flow does not run, so that only the annotate half is forecast there.
    private const string Recipe = """[ { "Step": "Top", "Column": "quality", "Count": 5 } ]""";
    private static readonly string[] s_plain = ["Stages:Tag:Enabled=false", "Stages:Quality:Enabled=false", "Stages:Complexity:Enabled=false", "Stages:Embed:Enabled=false", "Flow:BatchRows=64", "Pool:SegmentRows=2048"];
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("d.jsonl")]
    [InlineData("d.parquet")]
    [InlineData("d.jsonl.gz")]
    public async Task Sample_OfAFile_RangesHoldWhatTheRunFinds(string name)
    {
        await DemoAsync(name, Rows);
        ForecastReport report = await ForecastAsync(name, new ForecastOptions { Sample = 3000 }, s_plain);
        AnnotateReport run = await AnnotateAsync(name, s_plain);

        Assert.False(report.IsWhole);
        Holds(report["rows"], run.Counts.Read);
        Holds(report["rejected"], run.Counts.Rejected);
        Holds(report["duplicates"], run.Counts.Duplicate);
        Holds(report["candidates"], run.Counts.Annotated);
        Holds(report["pool"], Directory.GetFiles(_folder["w/pool"], "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length));
        // A footer says the rows, and a small archive is read through.
        Assert.Equal(!name.EndsWith("jsonl", StringComparison.Ordinal), report["rows"].IsExact);
        Assert.True(report.Bottleneck?.Busy > 0);
    }

    [Fact]
    public async Task Sample_LargerThanTheInput_MeasuresEverythingExactly()
    {
        await DemoAsync("d.jsonl", 700);
        ForecastReport report = await ForecastAsync("d.jsonl", new ForecastOptions { Sample = 100000, Price = 3600 }, s_plain);
        AnnotateReport run = await AnnotateAsync("d.jsonl", s_plain);

        Assert.True(report.IsWhole);
        Assert.Equal(Interval.Exact(run.Counts.Read), report["rows"]);
        Assert.Equal(Interval.Exact(run.Counts.Rejected), report["rejected"]);
        Assert.Equal(Interval.Exact(run.Counts.Duplicate), report["duplicates"]);
        Assert.Equal(Interval.Exact(run.Counts.Annotated), report["candidates"]);
        Holds(report["pool"], Directory.GetFiles(_folder["w/pool"], "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length));
        Assert.Equal(report["time"], report["price"]);
    }

    [Fact]
    public async Task Sample_SameSeedTwice_FindsTheSame()
    {
        await DemoAsync("d.jsonl", Rows);

        ForecastReport first = await ForecastAsync("d.jsonl", new ForecastOptions { Sample = 2000 }, s_plain);
        ForecastReport again = await ForecastAsync("d.jsonl", new ForecastOptions { Sample = 2000 }, s_plain);
        ForecastReport other = await ForecastAsync("d.jsonl", new ForecastOptions { Sample = 2000, Seed = 1 }, s_plain);

        string[] seeded = ["rows", "rejected", "duplicates", "candidates", "scratch"];
        Assert.All(seeded, what => Assert.Equal(first[what], again[what]));
        Assert.Equal(first.Sampled, again.Sampled);
        Assert.NotEqual(first["scratch"], other["scratch"]);
    }

    [Fact]
    public async Task Forecast_WithModelsAndRecipe_TouchesNeitherWorkNorOutAndCountsTokens()
    {
        await DemoAsync("d.jsonl", 1500);
        Directory.CreateDirectory(_folder["w"]);
        File.WriteAllText(_folder["w/mine"], "kept");
        string[] before = [.. Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order()];

        ForecastReport report = await ForecastAsync("d.jsonl", new ForecastOptions { Sample = 800 }, [], """[ { "Step": "Top", "Column": "quality", "Count": 100 } ]""");

        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Except([_folder["p.json"]]).Order());
        Assert.Equal("kept", File.ReadAllText(_folder["w/mine"]));
        Assert.Equal(Interval.Exact(100), report["selected"]);
        Assert.All((string[])["tokens tagger", "tokens quality", "tokens complexity", "tokens embedder"], what => Assert.True(report[what].From > 1000));
        Assert.True(report["outputs"].Estimate > 0 && report["memory"].Estimate > 0 && report["time"].From > 0);
    }

    [Fact]
    public async Task Forecast_StageThatAsks_IsLeftOutAndSaid()
    {
        await DemoAsync("d.jsonl", 200);
        string[] sets = [.. s_plain, "Stages:Quality:Enabled=true", "Stages:Respond:Enabled=true", "Stages:Respond:Endpoint=http://localhost:1/v1", "Stages:Respond:Model=m", "Stages:Necessity:Enabled=true"];

        ForecastReport report = await ForecastAsync("d.jsonl", new ForecastOptions(), sets, """[ { "Step": "Necessity", "Column": "necessity", "Below": 0 } ]""");

        Assert.Contains(report.Notes, n => n.StartsWith("Stages:Respond is left out: a forecast asks no server", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.StartsWith("Stages:Necessity is left out", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.StartsWith("The recipe could not be tried on the sample", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Lines, l => l.What == "selected");
    }

    [Fact]
    public async Task Forecast_InputWithoutRows_SaysThatThereIsNothing()
    {
        File.WriteAllText(_folder["d.jsonl"], "\n\n");

        InvalidDataException fault = await Assert.ThrowsAsync<InvalidDataException>(() => ForecastAsync("d.jsonl", new ForecastOptions(), s_plain));

        Assert.Contains("holds no row", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forecast_EveryRowBroken_CountsThemAndForecastsNoSelection()
    {
        File.WriteAllLines(_folder["d.jsonl"], Enumerable.Repeat("no row", 50));

        ForecastReport report = await ForecastAsync("d.jsonl", new ForecastOptions(), s_plain);

        Assert.Equal(Interval.Exact(50), report["rejected"]);
        Assert.Equal(Interval.Exact(0), report["candidates"]);
        Assert.Contains(report.Notes, n => n.Contains("given up for its rejects", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forecast_MissingFileAndModel_ReportsBoth()
    {
        ConfigurationException mistakes = await Assert.ThrowsAsync<ConfigurationException>(() => ForecastAsync("nowhere.jsonl", new ForecastOptions(), ["Stages:Embed:Model=nope"]));

        Assert.Equal(["Sources:0:Path", "Stages:Embed:Model"], mistakes.Errors.Select(e => e.Key).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static void Holds(Interval range, double actual) => Assert.InRange(actual, range.From, range.To);

    private Task DemoAsync(string name, int rows) => DemoWriter.WriteAsync(rows, 7, _folder[name], PoolFixture.Tables, default);

    private async Task<ForecastReport> ForecastAsync(string source, ForecastOptions options, string[] sets, string recipe = Recipe)
    {
        using IHost host = Open(source, sets, recipe, out Pipeline pipeline);
        return await host.Services.GetRequiredService<ForecastRun>().RunAsync(pipeline, options, default).WaitAsync(TimeSpan.FromMinutes(3));
    }

    private async Task<AnnotateReport> AnnotateAsync(string source, string[] sets)
    {
        using IHost host = Open(source, sets, Recipe, out Pipeline pipeline);
        return await host.Services.GetRequiredService<PipelineRun>().AnnotateAsync(pipeline, fresh: false, default).WaitAsync(TimeSpan.FromMinutes(3));
    }

    private IHost Open(string source, string[] sets, string recipe, out Pipeline pipeline)
    {
        File.WriteAllText(_folder["p.json"], $$"""{ "Sources": [ { "Path": "{{source}}" } ], "Recipe": {{recipe}} }""");
        IConfigurationRoot configuration = ConfigurationLayers.Build(_folder["p.json"], sets);
        IHost host = SluiceHost.Build(configuration, new SilentDisplay());
        List<ConfigurationError> errors = [];
        pipeline = Pipeline.Read(configuration, _folder["p.json"], _folder["w"], _folder["o"], host.Services.GetRequiredService<ILinearSolver>(), errors);
        Assert.Empty(errors);
        return host;
    }
}
