using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Configuration;
using Sluice.Host.Services;
using Sluice.Pool;
using Sluice.Proportions;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Runs;

/// <summary>Annotates a small pipeline in this process, with the real models and files.</summary>
internal sealed class RunFixture : IDisposable
{
    private static readonly string[] s_always =
    [
        "Stages:Tag:Enabled=false", "Stages:Complexity:Enabled=false", "Stages:Embed:Enabled=false", "Stages:Dedup:Near=false",
        "Flow:BatchRows=16", "Pool:SegmentRows=48", "Flow:Parallelism=2",
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes the rows: "Question N about THING." with an answer each.</summary>
    public RunFixture(int rows)
    {
        File.WriteAllLines(_folder["rows.jsonl"], Enumerable.Range(0, rows).Select(i => JsonSerializer.Serialize(new { instruction = Question(i), input = "", output = Answer(i) })));
        File.WriteAllText(_folder["p.json"], """{ "Sources": [ { "Path": "rows.jsonl" } ], "Recipe": [] }""");
    }

    public string this[string name] => _folder[name];

    public List<string> Said { get; } = [];

    public static string Question(int i) => $"Explain in a few words what the number {i} has to do with {(i % 2 == 0 ? "music" : "the sea")}.";

    public static string Answer(int i) => i % 3 == 0 ? "no" : $"The number {i} counts {(i % 2 == 0 ? "the bars of a song, which keep the players together" : "the waves between two tides")}, as {i + 1} people will tell you.";

    public static string[] Respond(string address, params string[] more) =>
        ["Stages:Respond:Enabled=true", $"Stages:Respond:Endpoint={address}", "Stages:Respond:Model=tuned", "Stages:Respond:Concurrency=4", .. more];

    public async Task<AnnotateReport> AnnotateAsync(string work, string[] sets, CancellationToken token = default)
    {
        IConfigurationRoot configuration = ConfigurationLayers.Build(_folder["p.json"], [.. s_always, .. sets]);
        using IHost host = SluiceHost.Build(configuration, new ListDisplay(Said));
        return await host.Services.GetRequiredService<PipelineRun>().AnnotateAsync(Read(configuration, host, work, []), fresh: false, token).WaitAsync(TimeSpan.FromMinutes(3), CancellationToken.None);
    }

    /// <summary>The mistakes in the settings.</summary>
    public IReadOnlyList<ConfigurationError> Check(params string[] sets)
    {
        IConfigurationRoot configuration = ConfigurationLayers.Build(_folder["p.json"], [.. s_always, .. sets]);
        using IHost host = SluiceHost.Build(configuration, new ListDisplay(Said));
        List<ConfigurationError> errors = [];
        SluiceOptions.Read(configuration, errors);
        Pipeline pipeline = Read(configuration, host, "w", errors);
        host.Services.GetRequiredService<PipelineRun>().Check(pipeline, errors)?.Dispose();
        return errors;
    }

    public ColumnData Column(string work, string name)
    {
        using PoolReader reader = PoolReader.Open(_folder[work], PoolFixture.Tables);
        return reader.Column(name);
    }

    public string?[] Texts(string work, string name) => ((TextData)Column(work, name)).Values;

    public double[] Numbers(string work, string name) => ((NumberData)Column(work, name)).Values;

    public List<VerifyFinding> Verify(string work)
    {
        List<VerifyFinding> findings = [];
        PoolVerifier.Verify(PoolReader.Locate(_folder[work]), findings, default);
        return findings;
    }

    public void Dispose() => _folder.Dispose();

    private Pipeline Read(IConfiguration configuration, IHost host, string work, List<ConfigurationError> errors) =>
        Pipeline.Read(configuration, _folder["p.json"], _folder[work], null, host.Services.GetRequiredService<ILinearSolver>(), errors);

    private sealed class ListDisplay(List<string> said) : IRunDisplay
    {
        public void Say(string message) => Add(message);

        public void Warn(string message) => Add(message);

        public IDisposable Phase(string name, Func<RunProgress> progress) => new MemoryStream();

        private void Add(string message)
        {
            lock (said)
            {
                said.Add(message);
            }
        }
    }
}
