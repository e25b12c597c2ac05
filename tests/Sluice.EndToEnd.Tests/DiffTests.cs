using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>The verb <c>diff</c>, as a user's shell runs it: two recipes over one pool.</summary>
public sealed class DiffTests
{
    [Fact]
    public void Diff_TwoRecipes_TellsWhatMovedAsTextAsJsonAndAsAPage()
    {
        using Cli cli = new();
        Prepare(cli);

        string text = cli.Run("diff", "a", "b", "--rows", "2", "--html", "d.html").Expect(0).Output;
        JsonNode json = JsonNode.Parse(cli.Run("diff", "a", "b", "--json").Expect(0).Output)!;

        Assert.InRange(text.Split('\n').Length, 20, 60);
        foreach (string part in (string[])["stayed", "entered", "left", "Recipe:0:Above", "-1 → 0", "category", "quality", "dropped by Threshold: quality"])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        HashSet<string> before = Ids(cli, "a");
        HashSet<string> after = Ids(cli, "b");
        Assert.Equal(before.Intersect(after).LongCount(), (long)json["stayed"]!);
        Assert.Equal(after.Except(before).LongCount(), (long)json["entered"]!);
        Assert.Equal(before.Except(after).LongCount(), (long)json["left"]!);
        Assert.Equal((long)json["left"]!, json["whyLeft"]!.AsArray().Sum(r => (long)r!["rows"]!));
        Assert.Equal(5, json["rowsLeft"]!.AsArray().Count);
        Assert.StartsWith("<!DOCTYPE html", File.ReadAllText(cli["d.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_OutputWithItself_IsIdentical()
    {
        using Cli cli = new();
        Prepare(cli);

        Assert.Contains("Identical: both hold the same 40 rows in the same order.", cli.Run("diff", "a", "a").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_RepeatOfADroppedRow_IsToldFromThePool()
    {
        using Cli cli = new();
        Prepare(cli);
        cli.Run("run", "p.json", "--out", "c", "--work", "wc", "--set", "Stages:Dedup:Exact=false", "--set", "Stages:Dedup:Near=false", "--set", "Recipe:0:Above=-100", "--set", "Recipe:1:Count=1000").Expect(0);

        JsonNode json = JsonNode.Parse(cli.Run("diff", "a", "c", "--rows", "1000", "--json").Expect(0).Output)!;

        Assert.Contains(json["rowsEntered"]!.AsArray(), r => ((string)r!["out"]!).StartsWith("no candidate there: it repeats d.jsonl#", StringComparison.Ordinal));
        Assert.Contains(json["settings"]!.AsArray(), s => (string)s!["key"]! == "Stages:Dedup:Near");

        // By now the pool is another one, of other settings: it cannot tell of the selection made before.
        cli.Run("run", "p.json", "--out", "e", "--work", "wa", "--fresh", "--set", "Stages:Dedup:Exact=false", "--set", "Stages:Dedup:Near=false").Expect(0);
        json = JsonNode.Parse(cli.Run("diff", "a", "c", "--rows", "1000", "--json").Expect(0).Output)!;
        Assert.Contains(json["rowsEntered"]!.AsArray(), r => ((string)r!["out"]!).EndsWith("(its pool is not there any more)", StringComparison.Ordinal));
        Assert.DoesNotContain(json["rowsEntered"]!.AsArray(), r => ((string)r!["out"]!).Contains("it repeats d.jsonl#", StringComparison.Ordinal));
    }

    [Fact]
    public void Diff_WorkDirectory_SaysWhereTheOutputIs()
    {
        using Cli cli = new();
        Prepare(cli);

        CliResult wrong = cli.Run("diff", "wa", "nowhere").Expect(2);

        Assert.Contains($"OUT1: Found no run.json in wa, expected an output directory, as 'sluice run' and 'sluice select' leave it. It is a work directory; its last run wrote to {cli["b"]}.", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("OUT2: Found no directory nowhere", wrong.Error, StringComparison.Ordinal);
    }

    private static void Prepare(Cli cli)
    {
        cli.Write("p.json", """
            { "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 300 } } ], "Recipe": [ { "Step": "Threshold", "Column": "quality", "Above": -1 }, { "Step": "KCenter", "Count": 40 } ] }
            """);
        cli.Run("run", "p.json", "--out", "a", "--work", "wa").Expect(0);
        cli.Run("run", "p.json", "--out", "b", "--work", "wa", "--set", "Recipe:0:Above=0", "--set", "Recipe:1:Count=30").Expect(0);
    }

    private static HashSet<string> Ids(Cli cli, string output) => [.. cli.Lines($"{output}/selection.jsonl").Select(l => (string)JsonNode.Parse(l)!["id"]!)];
}
