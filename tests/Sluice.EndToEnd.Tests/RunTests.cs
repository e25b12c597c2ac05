using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>The main job: a pool goes in, a training set comes out.</summary>
public sealed class RunTests
{
    private const string Recipe = """
        [ { "Step": "Threshold", "Column": "quality", "Above": 0 }, { "Step": "KCenter", "Count": 300 }, { "Step": "Proportions" } ]
        """;

    [Fact]
    public void Run_DemoPool_AccountsForEveryRowAndASecondRunScoresNothing()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline("demo.jsonl", demo: 3000));

        CliResult first = cli.Run("run", "p.json").Expect(0);
        string selected = File.ReadAllText(cli["runs/p/out/selected.jsonl"]);
        CliResult second = cli.Run("run", "p.json").Expect(0);

        Assert.Contains("scored nothing again: all 3,000 rows", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("scored nothing again", first.Output, StringComparison.Ordinal);
        Assert.Equal(selected, File.ReadAllText(cli["runs/p/out/selected.jsonl"]));
        JsonNode run = cli.Json("runs/p/out/run.json");
        JsonNode rows = run["rows"]!;
        Assert.Equal(3000, (long)rows["read"]!);
        Assert.Equal((long)rows["read"]!, (long)rows["annotated"]! + (long)rows["duplicate"]! + (long)rows["rejected"]!);
        Assert.Equal((long)rows["candidates"]!, (long)rows["selected"]! + (long)rows["dropped"]!);
        Assert.Equal(["Threshold", "KCenter", "Proportions"], run["steps"]!.AsArray().Select(s => (string)s!["step"]!));
        Assert.Equal(300, cli.Lines("runs/p/out/selected.jsonl").Length);
        Assert.Equal(300, cli.Lines("runs/p/out/selection.jsonl").Length);
        foreach (string output in (string[])["dropped.parquet", "report.html"])
        {
            Assert.True(new FileInfo(cli["runs/p/out/" + output]).Length > 0);
        }

        cli.Run("verify", "runs/p/out").Expect(0);
        cli.Run("verify", "runs/p/work").Expect(0);
    }

    [Fact]
    public void Run_EverySelectedRow_IsAnOriginalLineByteForByte()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline("demo.jsonl", demo: 1500));

        cli.Run("run", "p.json", "--quiet").Expect(0);

        string[] lines = cli.Lines("demo.jsonl");
        string[] selected = cli.Lines("runs/p/out/selected.jsonl");
        string[] selection = cli.Lines("runs/p/out/selection.jsonl");
        for (int i = 0; i < selected.Length; i++)
        {
            string id = (string)JsonNode.Parse(selection[i])!["id"]!;
            int number = int.Parse(id[(id.IndexOf('#', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
            Assert.Equal(lines[number - 1], selected[i]);
        }
    }

    [Fact]
    public void Run_OtherParallelismAndQueues_SameBytes()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline("demo.jsonl", demo: 3000));

        cli.Run("run", "p.json", "--out", "a", "--work", "wa", "--set", "Flow:Parallelism=1", "--set", "Flow:QueueBatches=1").Expect(0);
        cli.Run("run", "p.json", "--out", "b", "--work", "wb", "--set", "Flow:Parallelism=6", "--set", "Flow:QueueBatches=9", "--set", "Flow:MaxRows=700").Expect(0);

        foreach (string output in (string[])["selected.jsonl", "selection.jsonl", "dropped.parquet"])
        {
            Assert.Equal(File.ReadAllBytes(cli["a/" + output]), File.ReadAllBytes(cli["b/" + output]));
        }
    }

    [Fact]
    public void Run_ParquetAndJsonLinesOfTheSameRows_SameSelection()
    {
        using Cli cli = new();
        cli.Run("demo", "--rows", "2500", "--seed", "9", "--out", "d.jsonl").Expect(0);
        cli.Run("demo", "--rows", "2500", "--seed", "9", "--out", "d.jsonl.gz").Expect(0);
        cli.Run("demo", "--rows", "2500", "--seed", "9", "--out", "d.parquet").Expect(0);
        string[] rows = [.. ((string[])["d.jsonl", "d.jsonl.gz", "d.parquet"]).Select(file =>
        {
            cli.Write("p.json", Pipeline(file, demo: null));
            cli.Run("run", "p.json", "--out", "o-" + file, "--work", "w-" + file).Expect(0);
            return string.Join('\n', cli.Lines($"o-{file}/selection.jsonl").Select(l => JsonNode.Parse(l)!["row"]!.ToString()));
        })];

        Assert.Equal(rows[0], rows[1]);
        Assert.Equal(rows[0], rows[2]);
    }

    [Fact]
    public void Run_KilledInTheMiddle_ResumesToTheSameBytes()
    {
        using Cli cli = new();
        cli.Write("p.json", Pipeline("demo.jsonl", demo: 6000));
        string[] small = ["--set", "Pool:SegmentRows=600", "--set", "Flow:BatchRows=100"];
        cli.Run(["run", "p.json", "--out", "a", "--work", "wa", .. small]).Expect(0);
        bool hit = false;
        using (Process process = cli.Start(["run", "p.json", "--out", "b", "--work", "wb", .. small]))
        {
            string ledger = cli["wb/pool/ledger.jsonl"];
            while (!process.HasExited)
            {
                if (File.Exists(ledger) && new FileInfo(ledger).Length > 2000)
                {
                    process.Kill();
                    process.WaitForExit();
                    hit = true;
                }
            }
        }

        Assert.True(hit, "the run ended before it could be killed");
        Assert.False(File.Exists(cli["b/run.json"]));
        CliResult resumed = cli.Run(["run", "p.json", "--out", "b", "--work", "wb", .. small]).Expect(0);

        Assert.Contains("kept from an earlier run", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(cli["a/selected.jsonl"]), File.ReadAllBytes(cli["b/selected.jsonl"]));
        Assert.Equal(File.ReadAllBytes(cli["a/dropped.parquet"]), File.ReadAllBytes(cli["b/dropped.parquet"]));
        Assert.Equal(File.ReadAllBytes(cli["wa/rejects.jsonl"]), File.ReadAllBytes(cli["wb/rejects.jsonl"]));
        cli.Run("verify", "wb").Expect(0);
    }

    [Fact]
    public void Run_BadLinesAmongGoodOnes_EndAsRejectsWithPlaceAndReason()
    {
        using Cli cli = new();
        string good = """{"instruction":"Name a colour.","output":"Blue is a colour that many people like."}""";
        List<byte> bytes = [];
        string[] bad = ["{\"instruction\":\"cut", "[1,2]", "{\"instruction\":5,\"output\":\"x\"}", "{\"nothing\":1}", "not json"];
        for (int i = 0; i < bad.Length; i++)
        {
            bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(good.Replace("colour", "colour " + i, StringComparison.Ordinal) + "\n" + bad[i] + "\r\n\n"));
        }

        bytes.AddRange("{\"instruction\":\"bad utf8 \u00ff"u8[..^2]);
        bytes.AddRange([0xFF, (byte)'"', (byte)',', .. "\"output\":\"x\"}\n"u8]);
        File.WriteAllBytes(cli["rows.jsonl"], [.. bytes]);
        cli.Write("p.json", """{ "Sources": [ { "Path": "rows.jsonl" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 3 } ] }""");

        cli.Run("run", "p.json").Expect(0);

        JsonNode rows = cli.Json("runs/p/out/run.json")["rows"]!;
        Assert.Equal((11, 6), ((int)rows["read"]!, (int)rows["rejected"]!));
        string[] rejects = cli.Lines("runs/p/work/rejects.jsonl");
        Assert.Equal(6, rejects.Length);
        byte[] file = [.. bytes];
        foreach (JsonNode reject in rejects.Select(r => JsonNode.Parse(r)!))
        {
            byte[] raw = reject["raw"] is { } text ? System.Text.Encoding.UTF8.GetBytes((string)text!) : Convert.FromBase64String((string)reject["rawBase64"]!);
            int offset = (int)reject["offset"]!;
            Assert.Equal(raw, file[offset..(offset + raw.Length)]);
            Assert.NotEmpty((string)reject["reason"]!);
        }
    }

    private static string Pipeline(string file, int? demo) =>
        $$"""{ "Sources": [ { "Path": "{{file}}"{{(demo is null ? "" : $", \"Demo\": {{ \"Rows\": {demo} }}")}} } ], "Recipe": {{Recipe}} }""";
}
