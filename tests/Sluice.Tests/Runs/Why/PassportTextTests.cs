using System.Text.Json.Nodes;
using Sluice.Runs.Why;

namespace Sluice.Tests.Runs.Why;

public sealed class PassportTextTests
{
    private static readonly PassportReport s_row = new() { Id = "rows.jsonl#8", Row = 7, Fate = "annotated", Path = "/in/rows.jsonl", Offset = 70, IsParquet = false, Label = null, Text = "{}" };

    [Fact]
    public void Of_Scores_SayWhereTheyStand()
    {
        string text = PassportText.Of(s_row with
        {
            Scores =
            [
                new RowScore("quality", 0.83, "q1", 0.912, null, 19_382), new RowScore("ifd", 0.2, "", 0, null, 100), new RowScore("category", "maths", "t1", null, 0.25, 19_382),
                new RowScore("complexity", new JsonArray(1.5, 2.5), "c1", 0.5, null, 10), new RowScore("embedding", new JsonObject { ["width"] = 128, ["first"] = 0.25 }, "e1", null, null, 0),
                new RowScore("necessity", null, "n1", null, null, 0),
            ],
        });

        Assert.Equal(
            [
                "quality 0.83, better than 91.2 % of the 19,382 scored rows  (by q1)", "ifd 0.2, not higher than any of the 100 scored rows", "category 'maths', as 25.0 % of the 19,382 rows with one  (by t1)",
                "complexity [1.5, 2.5], higher than 50.0 % of the 10 scored rows  (by c1)", "embedding 128 numbers, the first 0.25  (by e1)", "necessity: no value  (by n1)",
            ],
            text.ReplaceLineEndings("\n").Split('\n')[1..7]);
    }

    [Fact]
    public void Of_RepeatedRow_SaysOfWhichHowSimilarAndWhatBecameOfThat()
    {
        string text = PassportText.Of(s_row with { KnowsRepeats = true, Repeats = new RowRepeat(3, "rows.jsonl#4", 0.9312, 0.8, "which was selected, at rank 5") });

        Assert.Contains("It repeats row 3 (rows.jsonl#4), similarity 0.9312 of their word runs, from 0.8 on a row counts as a repeat. So it is no candidate", text, StringComparison.Ordinal);
        Assert.Contains("The row it repeats is rows.jsonl#4, which was selected, at rank 5.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DroppedRow_SaysTheStepsBeforeTheReasonAndHowFar()
    {
        string text = PassportText.Of(s_row with
        {
            Decision = new RowDecision
            {
                Output = "/out", Ranks = [], Selected = 5, Passed = [new PassedStep("Threshold", "quality above 1", 100, 60)], Step = "Top", Reason = "quality 1.2 ranks 9, the best 5 were kept", Short = "So near.",
            },
        });

        Assert.Contains("It got through Threshold (quality above 1), as 60 of 100 rows did.", text, StringComparison.Ordinal);
        Assert.Contains("It was dropped by the step Top: quality 1.2 ranks 9, the best 5 were kept.", text, StringComparison.Ordinal);
        Assert.Contains("So near.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RowWrittenSeveralTimes_SaysEachRank()
    {
        string text = PassportText.Of(s_row with { Decision = new RowDecision { Output = "/out", Ranks = [2, 9], Selected = 12, Passed = [], Figures = new Dictionary<string, double> { ["score"] = 3.25 } } });

        Assert.Contains("It was selected, at rank 2 (0-based) of 12, with score 3.25.", text, StringComparison.Ordinal);
        Assert.Contains("It is written 2 times, at ranks 2, 9.", text, StringComparison.Ordinal);
    }
}
