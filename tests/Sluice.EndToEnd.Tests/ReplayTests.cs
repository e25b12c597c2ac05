using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>Mended rejects come back in, once.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void Replay_MendedRejects_TakeTheirPlaceOnceAndOutliveRepair()
    {
        using Cli cli = new();
        cli.Run("demo", "--rows", "1500", "--seed", "5", "--out", "d.jsonl").Expect(0);
        string[] bad = ["{\"instruction\":\"cut", "{\"instruction\":7,\"output\":\"x\"}", "no json at all"];
        File.AppendAllLines(cli["d.jsonl"], bad);
        cli.Write("p.json", """{ "Sources": [ { "Path": "d.jsonl" } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 2000 } ], "Pool": { "SegmentRows": 400 }, "Flow": { "BatchRows": 64 } }""");
        cli.Run("run", "p.json").Expect(0);
        JsonNode before = cli.Json("runs/p/out/run.json")["rows"]!;
        JsonNode[] rejects = [.. cli.Lines("runs/p/work/rejects.jsonl").Select(l => JsonNode.Parse(l)!)];
        JsonNode[] ours = [.. rejects.Where(r => bad.Contains((string?)r["raw"]))];
        Assert.Equal(3, ours.Length);

        // One mended as text, one as an object, one that is as broken as before, one that nobody rejected.
        ours[0]["raw"] = """{"instruction":"Name the capital of the far island.","output":"The capital of the far island is Port Example."}""";
        ours[1].AsObject().Remove("raw");
        ours[1]["row"] = JsonNode.Parse("""{"instruction":"Count the gulls on the pier.","output":"There are eleven gulls on the pier this morning."}""");
        JsonNode stranger = ours[0].DeepClone();
        stranger["number"] = 3;
        File.WriteAllLines(cli["fixed.jsonl"], ours.Append(stranger).Select(r => r.ToJsonString()));
        CliResult replay = cli.Run("replay", "runs/p/work", "--fixed", "fixed.jsonl").Expect(0);

        Assert.Contains("mended 2 = annotated 2 + duplicate 0; still rejected 1, left out 1", replay.Output, StringComparison.Ordinal);
        Assert.Contains("still rejected: d.jsonl#1503", replay.Error, StringComparison.Ordinal);
        Assert.Equal(rejects.Length - 2, cli.Lines("runs/p/work/rejects.jsonl").Length);
        cli.Run("verify", "runs/p/work").Expect(0);

        // Again: nothing comes in twice.
        cli.Run("replay", "runs/p/work", "--fixed", "fixed.jsonl").Expect(1);
        CliResult again = cli.Run("run", "p.json").Expect(0);
        Assert.Contains("scored nothing again", again.Output, StringComparison.Ordinal);
        JsonNode after = cli.Json("runs/p/out/run.json")["rows"]!;
        Assert.Equal((long)before["read"]!, (long)after["read"]!);
        Assert.Equal((long)before["annotated"]! + 2, (long)after["annotated"]!);
        Assert.Equal((long)before["rejected"]! - 2, (long)after["rejected"]!);
        Assert.Contains(cli.Lines("runs/p/out/selection.jsonl"), l => l.Contains("\"id\":\"d.jsonl#1501\"", StringComparison.Ordinal));
        long row = (long)before["annotated"]! + (long)before["duplicate"]!;
        Assert.Contains("rejected at first, mended", cli.Run("why", "runs/p/out", $"{row}").Expect(0).Output, StringComparison.Ordinal);

        // The mended segment is repaired from its own file.
        string mended = Directory.GetFiles(cli["runs/p/work/pool/replays"])[0];
        string segment = Path.Combine(cli["runs/p/work/pool/segments"], Path.GetFileNameWithoutExtension(mended), "quality.parquet");
        byte[] good = File.ReadAllBytes(segment);
        File.WriteAllBytes(segment, [.. good[..^20], (byte)(good[^20] ^ 1), .. good[^19..]]);
        cli.Run("verify", "runs/p/work").Expect(1);
        Assert.Contains("its 2 rows are done again", cli.Run("repair", "runs/p/work").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(good, File.ReadAllBytes(segment));
        cli.Run("verify", "runs/p/work").Expect(0);
    }

    [Fact]
    public void Replay_AFileThatHoldsNoRejects_SaysWhatIsExpected()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 300 } } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 20 } ] }""");
        cli.Run("run", "p.json").Expect(0);
        cli.Write("fixed.jsonl", "{\"instruction\":\"a\",\"output\":\"b\"}\n");

        Assert.Contains("Line 1 of fixed.jsonl is no line of rejects.jsonl", cli.Run("replay", "runs/p/work", "--fixed", "fixed.jsonl").Expect(1).Error, StringComparison.Ordinal);
        cli.Run("replay", "runs/p/work", "--fixed", "missing.jsonl").Expect(2);
        Assert.Contains("holds no pool", cli.Run("replay", "elsewhere", "--fixed", "fixed.jsonl").Expect(1).Error, StringComparison.Ordinal);
    }
}
