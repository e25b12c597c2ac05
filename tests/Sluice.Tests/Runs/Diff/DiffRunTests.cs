using Sluice.Configuration;
using Sluice.Runs.Diff;
using Sluice.Sinks.Diff;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Runs.Diff;

public sealed class DiffRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_OtherRows_CountsThemAndSaysWhyFromTheOtherSide()
    {
        DiffReport report = Diff(
            new() { Selected = MadeOutput.Rows(1, 2, 3, 4), Dropped = [("rows.jsonl#5", "Threshold", "quality 5 is not above 6"), ("rows.jsonl#6", "Threshold", "quality 6 is not above 6")] },
            new() { Selected = MadeOutput.Rows(2, 1, 5, 6, 9), Dropped = [("rows.jsonl#3", "Top", "quality 3 ranks 6, the best 5 were kept"), ("rows.jsonl#4", "KCenter", "not among the 5 chosen")] });

        Assert.False(report.Identical);
        Assert.Equal((2, 3, 2), (report.Stayed, report.Entered, report.Left));
        Assert.Equal(new RankMoves(0, 1, 1, "rows.jsonl#2", 1, 0), report.Ranks);
        Assert.Equal(
            [new DiffReason("Threshold", "quality … is not above 6", 2), new DiffReason("", "no candidates there: repeats of an earlier row, or rejected", 1)], report.WhyEntered);
        Assert.Equal(2, report.WhyLeft.Count);
        Assert.Equal(
            [("rows.jsonl#5", 2L, "dropped by Threshold: quality 5 is not above 6"), ("rows.jsonl#6", 3L, "dropped by Threshold: quality 6 is not above 6")],
            report.RowsEntered.Take(2).Select(r => (r.Id, r.Rank, r.Out)));
        Assert.Contains("no candidate there", report.RowsEntered[2].Out, StringComparison.Ordinal);
        Assert.Equal(("any, quality 5", "say rows.jsonl#5 so be it"), (report.RowsEntered[0].In, report.RowsEntered[0].Text));
        Assert.Equal("dropped by KCenter: not among the 5 chosen", report.RowsLeft[1].Out);
    }

    [Fact]
    public void Run_SameOutputs_AreIdentical()
    {
        MadeOutput made = new() { Selected = MadeOutput.Rows(3, 1, 2), Dropped = [("rows.jsonl#4", "Top", "no")] };

        DiffReport report = Diff(made, made);

        Assert.True(report.Identical);
        Assert.Equal((3, 0, 0), (report.Stayed, report.Entered, report.Left));
        Assert.Empty(report.Settings);
        Assert.Empty(report.Notes);
    }

    [Fact]
    public void Run_SameRowsInAnotherOrder_AreNotIdentical()
    {
        DiffReport report = Diff(new() { Selected = MadeOutput.Rows(1, 2, 3) }, new() { Selected = MadeOutput.Rows(3, 2, 1) });

        Assert.False(report.Identical);
        Assert.Equal((3, 0, 0), (report.Stayed, report.Entered, report.Left));
        Assert.Equal((1, 2), (report.Ranks!.Same, report.Ranks.Largest));
    }

    [Fact]
    public void Run_InputOfTheSameNameWithOtherBytes_IsComparedWithNothing()
    {
        (string, string, string)[] files = [("rows.jsonl", "bbbbbbbbbbbbbbbb", "")];
        DiffReport report = Diff(new() { Selected = MadeOutput.Rows(1, 2) }, new() { Selected = MadeOutput.Rows(1, 3, 4), Files = files });

        Assert.Equal((0, 0, 0), (report.Stayed, report.Entered, report.Left));
        Assert.Equal((2, 3), (report.DoubtfulBefore, report.DoubtfulAfter));
        Assert.Contains("'rows.jsonl' holds other bytes in the second than in the first (SHA-256 bbbbbbbbbbbb…, SHA-256 aaaaaaaaaaaa…)", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_InputUnderAnotherName_IsMatchedByItsBytes()
    {
        DiffReport report = Diff(
            new() { Selected = [("a/rows.jsonl#1", 0, "x", 1), ("a/rows.jsonl#2", 1, "x", 2)], Files = [("a/rows.jsonl", "aaaaaaaaaaaaaaaa", "")] },
            new() { Selected = MadeOutput.Rows(1, 3), Dropped = [("rows.jsonl#2", "Top", "too low")] });

        Assert.Equal((1, 1, 1), (report.Stayed, report.Entered, report.Left));
        Assert.Equal("dropped by Top: too low", Assert.Single(report.RowsLeft).Out);
        Assert.Contains("the same bytes under another name", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_InputThatOneSideLacks_EntersAndIsNamed()
    {
        DiffReport report = Diff(
            new() { Selected = MadeOutput.Rows(1) },
            new() { Selected = [.. MadeOutput.Rows(1), ("new.jsonl#1", 7, "x", 1)], Files = [("rows.jsonl", "aaaaaaaaaaaaaaaa", ""), ("new.jsonl", "cccccccccccccccc", "fresh")] });

        Assert.Equal((1, 1, 0), (report.Stayed, report.Entered, report.Left));
        Assert.Equal(new DiffReason("", "their file is not among the inputs there", 1), Assert.Single(report.WhyEntered));
        Assert.Contains(new DiffSetting("input new.jsonl", null, "there"), report.Settings);
        Assert.Contains(new MixShare("fresh", 0, 1, 0, 0.5), report.Mix.Single(m => m.Column == "source").Shares);
    }

    [Fact]
    public void Run_IdOfSeveralRows_SaysSoAndComparesItWithNothing()
    {
        DiffReport report = Diff(
            new() { Selected = [("rows.jsonl#1", 0, "x", 1), ("rows.jsonl#1", 9, "x", 2), ("rows.jsonl#2", 1, "x", 3)] },
            new() { Selected = MadeOutput.Rows(1, 2) });

        Assert.Equal((1, 0, 0), (report.Stayed, report.Entered, report.Left));
        Assert.Equal((1, 1), (report.DoubtfulBefore, report.DoubtfulAfter));
        Assert.Contains(report.Notes, n => n.Contains("In the first 1 ids stand for several rows each, such as rows.jsonl#1", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_RepeatedRows_CountOnceAndItIsSaid()
    {
        DiffReport report = Diff(new() { Selected = MadeOutput.Rows(1, 2, 1, 2, 2, 1) }, new() { Selected = MadeOutput.Rows(1, 2, 1, 2, 1, 2) });

        Assert.False(report.Identical);
        Assert.Equal((2, 0, 0), (report.Stayed, report.Entered, report.Left));
        Assert.Equal((2, 6), (report.Before.Selected, report.Before.Written));
        Assert.Equal(2, report.Notes.Count(n => n.Contains("repeats rows: 6 lines of 2 rows", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_MixAndScores_AreThoseOfTheChosenRows()
    {
        DiffReport report = Diff(
            new() { Selected = [("rows.jsonl#1", 0, "maths", 1), ("rows.jsonl#2", 1, "maths", 2), ("rows.jsonl#3", 2, "code", 6), ("rows.jsonl#4", 3, null, double.NaN)] },
            new() { Selected = [("rows.jsonl#1", 0, "maths", 1), ("rows.jsonl#3", 2, "code", 6), ("rows.jsonl#5", 4, "code", 8), ("rows.jsonl#6", 5, "code", 9)] });

        MixShift mix = report.Mix.Single(m => m.Column == "category");
        Assert.Equal(
            [new MixShare("code", 1, 3, 0.25, 0.75), new MixShare("maths", 2, 1, 0.5, 0.25), new MixShare("(none)", 1, 0, 0.25, 0)], mix.Shares);
        Assert.Equal((50, 0.5), (mix.Shares[0].Points, mix.TotalVariation));
        ScoreShift quality = Assert.Single(report.Scores);
        Assert.Equal((new ScoreFigures(3, 3, 2), new ScoreFigures(4, 6, 7)), (quality.Before, quality.After));
    }

    [Fact]
    public void Run_Settings_RecipeFirstThenTheRestThenModels()
    {
        DiffReport report = Diff(
            new() { Selected = MadeOutput.Rows(1), Settings = new() { ["Recipe:0:Step"] = "Top", ["Recipe:0:Count"] = "10", ["Flow:BatchRows"] = "512" } },
            new() { Selected = MadeOutput.Rows(1), Settings = new() { ["Recipe:0:Step"] = "Top", ["recipe:0:count"] = "20", ["Flow:BatchRows"] = "256" }, Model = "q2" });

        Assert.True(report.Identical);
        Assert.Equal([new("Recipe:0:Count", "10", "20"), new("Flow:BatchRows", "512", "256"), new DiffSetting("model of quality", "q1", "q2")], report.Settings);
    }

    [Fact]
    public void Run_ParquetOutput_ShowsTheRowsText()
    {
        DiffReport report = Diff(new() { Selected = MadeOutput.Rows(1) }, new() { Selected = MadeOutput.Rows(1, 2, 3), IsParquet = true });

        Assert.Equal(["say rows.jsonl#2 so be it", "say rows.jsonl#3 so be it"], report.RowsEntered.Select(r => r.Text));
    }

    [Fact]
    public void Run_RandomSelections_AgreeWithSets()
    {
        Random random = new(20240607);
        for (int round = 0; round < 20; round++)
        {
            int[] one = Draw(random);
            int[] two = Draw(random);
            DiffReport report = Diff(
                new() { Selected = MadeOutput.Rows(one), Dropped = [.. two.Except(one).Select(n => ($"rows.jsonl#{n}", "Top", $"row {n} is out"))] },
                new() { Selected = MadeOutput.Rows(two), Dropped = [.. one.Except(two).Select(n => ($"rows.jsonl#{n}", "Top", $"row {n} is out"))] }, samples: 1000);

            Assert.Equal((one.Intersect(two).Count(), two.Except(one).Count(), one.Except(two).Count()), (report.Stayed, report.Entered, report.Left));
            Assert.Equal(two.Except(one).Select(n => $"dropped by Top: row {n} is out"), report.RowsEntered.Select(r => r.Out));
            Assert.Equal(one.Except(two).Select(n => $"rows.jsonl#{n}"), report.RowsLeft.Select(r => r.Id));
            Assert.Equal(report.Entered, report.WhyEntered.Sum(r => r.Rows));
        }
    }

    [Fact]
    public void Run_NoOutputDirectories_NamesBothAndTheRemedy()
    {
        Directory.CreateDirectory(_folder["work"]);

        ConfigurationException error = Assert.Throws<ConfigurationException>(() => new DiffRun(PoolFixture.Tables, PoolFixture.Tables).Run(_folder["nowhere"], _folder["work"], 5, default));

        Assert.Equal(["OUT1", "OUT2"], error.Errors.Select(e => e.Key));
        Assert.Contains("Found no directory", error.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("Found no run.json", error.Errors[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DamagedSelection_NamesTheLine()
    {
        string made = new MadeOutput { Selected = MadeOutput.Rows(1, 2) }.Write(_folder["a"]);
        File.AppendAllText(Path.Combine(made, "selection.jsonl"), "{\"rank\":2,\"row\n");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => new DiffRun(PoolFixture.Tables, PoolFixture.Tables).Run(made, made, 5, default));

        Assert.Contains("selection.jsonl, line 3", error.Message, StringComparison.Ordinal);
    }

    private static int[] Draw(Random random)
    {
        int[] numbers = [.. Enumerable.Range(1, 60)];
        random.Shuffle(numbers);
        return numbers[..random.Next(1, 50)];
    }

    private DiffReport Diff(MadeOutput before, MadeOutput after, int samples = 5) =>
        new DiffRun(PoolFixture.Tables, PoolFixture.Tables).Run(before.Write(_folder["a"]), after.Write(_folder["b"]), samples, default);
}
