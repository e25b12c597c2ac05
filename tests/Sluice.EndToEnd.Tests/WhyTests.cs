using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.DuckDb;
using Sluice.Records;

namespace Sluice.EndToEnd.Tests;

/// <summary>The verb <c>why</c> on a real run: a row of every fate, by its number and by its id.</summary>
public sealed class WhyTests : IDisposable
{
    private readonly Cli _cli = new();

    public WhyTests()
    {
        _cli.Write("p.json", """
            {
              "Sources": [ { "Path": "d.jsonl", "Label": "demo", "Demo": { "Rows": 700 } } ],
              "Recipe": [ { "Step": "Threshold", "Column": "quality", "Above": -1 }, { "Step": "Top", "Column": "complexity", "Count": 150 }, { "Step": "ScoreFirst", "Count": 60, "QualityScale": "logistic", "MaxSimilarity": 0.8 } ]
            }
            """);
        _cli.Run("run", "p.json").Expect(0);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Why_SelectedRow_TellsTheStepsItGotThroughItsRankAndWhereItsScoresStand()
    {
        JsonNode line = JsonNode.Parse(_cli.Lines("runs/p/out/selection.jsonl")[3])!;
        string id = (string)line["id"]!;

        string byRow = _cli.Run("why", "runs/p/out", line["row"]!.ToString()).Expect(0).Output;
        JsonNode json = Json("runs/p/out", id);

        Assert.Equal(byRow, _cli.Run("why", "runs/p/out", id).Expect(0).Output);
        Assert.Contains($"is {id}, read from {_cli["d.jsonl"]} at byte", byRow, StringComparison.Ordinal);
        Assert.Contains("Its source is labelled 'demo'.", byRow, StringComparison.Ordinal);
        Assert.Contains("It got through Threshold (quality above -1), as ", byRow, StringComparison.Ordinal);
        Assert.Contains("It was selected, at rank 3 (0-based) of 60, with ", byRow, StringComparison.Ordinal);
        Assert.Equal("selected", (string)json["fate"]!);
        // Of the scored rows so many are worse, counted from the column itself.
        double[] quality = Column("runs/p/work", "quality");
        JsonNode score = json["scores"]!.AsArray().Single(s => (string)s!["column"]! == "quality")!;
        Assert.Equal((double)quality.Count(v => v < (double)line["quality"]!) / quality.Length, (double)score["higherThan"]!, 9);
        Assert.Equal(quality.Length, (int)score["of"]!);
    }

    [Theory]
    [InlineData("Threshold", "The limit is quality above -1; it misses that by ")]
    [InlineData("Top", "The last row kept has complexity ")]
    [InlineData("ScoreFirst", " The step kept 60 of 150 rows.")]
    public void Why_RowDroppedByEachStep_TellsTheReasonAndHowFarItWas(string step, string expected)
    {
        (string id, string reason) = Dropped().First(d => d.Step == step) is var found ? (found.Id, found.Reason) : default;

        string text = _cli.Run("why", "runs/p/work", id).Expect(0).Output;

        Assert.Contains($"It was dropped by the step {step}: {reason}.", text, StringComparison.Ordinal);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Equal("dropped", (string)Json("runs/p/out", id)["fate"]!);
    }

    [Fact]
    public void Why_RowBelowTheLimit_MissesItByTheDifference()
    {
        (string id, _, string reason) = Dropped().First(d => d.Step == "Threshold");
        JsonNode json = Json("runs/p/out", id);

        double quality = (double)json["scores"]!.AsArray().Single(s => (string)s!["column"]! == "quality")!["value"]!;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"it misses that by {-1 - quality:0.####}."), (string)json["decision"]!["short"]!, StringComparison.Ordinal);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"quality {quality:0.####} is not"), reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_ExactAndNearRepeat_NameTheRowRepeatedAndItsFate()
    {
        _cli.Run("export", "--pool", "runs/p/work", "--columns", "duplicate_of,similarity", "--to", "d.csv").Expect(0);
        string[][] repeats = [.. _cli.Lines("d.csv").Skip(1).Select(l => l.Split(',')).Where(l => l[2].Length > 0)];
        foreach (bool exact in new[] { true, false })
        {
            string[] repeat = repeats.First(r => double.Parse(r[3], CultureInfo.InvariantCulture) >= 1 == exact);
            string text = _cli.Run("why", "runs/p/out", repeat[0]).Expect(0).Output;
            Assert.Contains($"It repeats row {repeat[2]} (d.jsonl#", text, StringComparison.Ordinal);
            Assert.Contains(exact ? ", similarity 1: equal but for case" : ", from 0.8 on a row counts as a repeat", text, StringComparison.Ordinal);
            Assert.Contains(", which was ", text, StringComparison.Ordinal);
            Assert.Equal("duplicate", (string)Json("runs/p/out", repeat[0])["fate"]!);
            // A near repeat is found behind the models, an exact one before them.
            Assert.Equal(!exact, text.Contains("\nquality ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Why_RejectedRow_IsFoundByItsId()
    {
        JsonNode reject = JsonNode.Parse(_cli.Lines("runs/p/work/rejects.jsonl")[0])!;
        string id = $"{reject["file"]}#{reject["number"]}";

        string text = _cli.Run("why", "runs/p/out", id).Expect(0).Output;

        Assert.Contains($"{id} is no row of the pool, read from {_cli["d.jsonl"]} at byte {reject["offset"]}.", text, StringComparison.Ordinal);
        Assert.Contains($"It was rejected by the stage parse: {reject["reason"]}", text, StringComparison.Ordinal);
        Assert.Equal("rejected", (string)Json("runs/p/work", id)["fate"]!);
    }

    [Theory]
    [InlineData("99999", "Found row 99999, expected one of 0 to")]
    [InlineData("e.jsonl#3", "Did you mean 'd.jsonl'?")]
    [InlineData("d.jsonl#99999", "'d.jsonl' has no row 99999: 700 rows of it were read.")]
    [InlineData("three", "expected a row of the pool")]
    public void Why_UnknownRow_SaysWhatThereIs(string row, string expected) => Assert.Contains(expected, _cli.Run("why", "runs/p/out", row).Expect(1).Error, StringComparison.Ordinal);

    private JsonNode Json(string directory, string row) => JsonNode.Parse(_cli.Run("why", directory, row, "--json").Expect(0).Output)!;

    private List<(string Id, string Step, string Reason)> Dropped()
    {
        using DuckDbFiles tables = new(new DuckDbOptions());
        IReadOnlyList<NamedColumn> columns = tables.Read(_cli["runs/p/out/dropped.parquet"], ["id", "step", "reason"]);
        string?[][] texts = [.. columns.Select(c => ((TextData)c.Data).Values)];
        return [.. texts[0].Select((id, i) => (id!, texts[1][i]!, texts[2][i]!))];
    }

    private double[] Column(string work, string name)
    {
        _cli.Run("export", "--pool", work, "--columns", name, "--to", "c.csv").Expect(0);
        return [.. _cli.Lines("c.csv").Skip(1).Select(l => l[(l.LastIndexOf(',') + 1)..]).Where(v => v.Length > 0).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
    }
}
