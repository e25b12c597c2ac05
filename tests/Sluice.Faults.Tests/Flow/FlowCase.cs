using System.Text.Json.Nodes;
using Sluice.Diagnostics.Faults;

namespace Sluice.Faults.Tests.Flow;

/// <summary>A folder with a pipeline over made-up rows, in which the program runs once or several times.</summary>
internal sealed class FlowCase : IDisposable
{
    private const string Data = "d.jsonl";

    /// <param name="from">A case whose rows are taken; null for none.</param>
    public FlowCase(FlowCase? from = null)
    {
        if (from is not null)
        {
            File.Copy(from[Data], this[Data]);
        }

        Write(Data);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-flow-").FullName;

    /// <summary>What fired, a line each; of all processes of this case.</summary>
    public string[] Fired => File.Exists(this["faults.log"]) ? File.ReadAllLines(this["faults.log"]) : [];

    public JsonNode Manifest => JsonNode.Parse(File.ReadAllText(this["o/run.json"]))!;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes the pipeline over a file of the folder.</summary>
    public void Write(string data) => File.WriteAllText(this["p.json"], $$"""
        { "Name": "p", "Sources": [ { "Path": "{{data}}" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 200 } ],
          "Pool": { "SegmentRows": 128 }, "Flow": { "BatchRows": 32 }, "Output": { "Directory": "o", "Work": "w" }, "Serve": { "PollInterval": "00:00:00.1", "SettleTime": "00:00:00", "Http": { "Enabled": false } } }
        """);

    /// <summary>Starts <c>sluice run</c>, or another verb, on the pipeline.</summary>
    /// <param name="faults">The plan of faults; empty for none.</param>
    /// <param name="more">More arguments.</param>
    /// <param name="seed">The seed of chances and random delays.</param>
    /// <param name="processor">The only processor it may use; -1 for all.</param>
    /// <param name="verb">The verb.</param>
    public SluiceProcess Start(string faults = "", string[]? more = null, int seed = 1, int processor = -1, string verb = "run") => SluiceProcess.Start(
        Folder,
        new Dictionary<string, string?>
        {
            // Many short lives: counting which code is hot costs each of them more than it gives.
            ["DOTNET_TieredPGO"] = "0",
            [FaultPlan.Variable] = faults.Length == 0 ? null : faults,
            [FaultPlan.LogVariable] = this["faults.log"],
            [FaultPlan.SeedVariable] = seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
        [verb, "p.json", "--set", "Inference:Provider=cpu", .. more ?? []],
        processor);

    public async Task<SluiceEnd> RunAsync(string faults = "", string[]? more = null, int seed = 1)
    {
        using SluiceProcess process = Start(faults, more, seed);
        return await process.EndAsync();
    }

    public async Task<SluiceEnd> CallAsync(params string[] arguments)
    {
        using SluiceProcess process = SluiceProcess.Start(Folder, new Dictionary<string, string?> { [FaultPlan.Variable] = null }, arguments);
        return await process.EndAsync();
    }

    /// <summary>The ledger's lines: one a committed segment.</summary>
    public int Segments()
    {
        try
        {
            return File.ReadAllLines(this["w/pool/ledger.jsonl"]).Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The equation holds, and outputs, ledger and segments are byte for byte those of the other case.</summary>
    public void ExpectSameAs(FlowCase other)
    {
        ExpectEquation();
        string[] expected = other.Files();
        Assert.Equal(expected, Files());
        Assert.All(expected, file => Assert.True(File.ReadAllBytes(other[file]).AsSpan().SequenceEqual(File.ReadAllBytes(this[file])), $"{file} differs."));
    }

    /// <summary>Every row read has exactly one fate.</summary>
    public void ExpectEquation()
    {
        JsonNode rows = Manifest["rows"]!;
        Assert.Equal((long)rows["read"]!, (long)rows["annotated"]! + (long)rows["duplicate"]! + (long)rows["rejected"]!);
        Assert.True((long)rows["read"]! > 0);
    }

    /// <summary>Rows of the selection.</summary>
    public long[] Selection() => [.. File.ReadLines(this["o/selection.jsonl"]).Select(line => (long)JsonNode.Parse(line)!["row"]!)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string[] Files() =>
    [
        "o/selected.jsonl", "o/selection.jsonl", "o/dropped.parquet", "w/rejects.jsonl", "w/pool/ledger.jsonl",
        .. Directory.EnumerateFiles(this["w/pool/segments"], "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal),
    ];
}
