using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Records;

namespace Sluice.Tests.Recipes;

public sealed class RecipeRunnerTests
{
    private static readonly long[] s_all = [.. Enumerable.Range(0, 10).Select(i => (long)i)];

    [Fact]
    public void Run_ThresholdThenTop_AccountsForEveryCandidate()
    {
        RecipeOutcome outcome = Run(new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 3 }), new TopStep(new TopStepOptions { Column = "score", Count = 2 }));

        Assert.Equal([9, 8], outcome.Selected);
        Assert.Equal(8, outcome.Dropped.Count);
        Assert.Equal("Threshold", outcome.Dropped[3].Step);
        Assert.Equal("score 3 is not above 3", outcome.Dropped[3].Reason);
        Assert.Equal("Top", outcome.Dropped[4].Step);
        Assert.Equal(10, (long)outcome.Steps[0]["in"]!);
        Assert.Equal(6, (int)outcome.Steps[0]["kept"]!);
    }

    [Theory]
    [InlineData("Above", 3, 6)]
    [InlineData("AtLeast", 3, 7)]
    [InlineData("Below", 3, 3)]
    [InlineData("AtMost", 3, 4)]
    public void Threshold_EachLimit_IsStrictOrInclusiveAsNamed(string limit, double value, int kept)
    {
        ThresholdStepOptions options = new()
        {
            Column = "score",
            Above = limit == "Above" ? value : null,
            AtLeast = limit == "AtLeast" ? value : null,
            Below = limit == "Below" ? value : null,
            AtMost = limit == "AtMost" ? value : null,
        };

        Assert.Equal(kept, Run(new ThresholdStep(options)).Selected.Count);
    }

    // MoDS: high-quality-data-extraction.py and necessity-instruction-extraction.py on scores a 0.0, b .3, c -.1, d 1.0, e 2.0.
    [Fact]
    public void Threshold_ScoresOfMods_KeepsTheRowsOfTheReference()
    {
        FixedPool pool = new() { Rows = 5, Columns = { ["score"] = new NumberData([0.0, 0.3, -0.1, 1.0, 2.0]), ["necessity"] = new NumberData([0.0, 0.3, -0.1, 1.0, 2.0]) } };

        Assert.Equal([1, 3, 4], pool.Run(new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 0 })).Selected);
        Assert.Equal([4], pool.Run(new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 1 })).Selected);
        Assert.Equal([2], pool.Run(new ThresholdStep(new ThresholdStepOptions { Column = "score", Below = 0 })).Selected);
        Assert.Equal([2], pool.Run(new NecessityStep(new NecessityStepOptions { Below = 0 })).Selected);
    }

    [Fact]
    public void Run_StepThatKeepsNothing_FailsLoudly()
    {
        RecipeException exception = Assert.Throws<RecipeException>(() => Run(new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 99 })));

        Assert.Contains("Step 1 (Threshold) keeps none of the 10 rows", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnknownColumn_NamesTheStep() => Assert.StartsWith(
        "Step 2 (Top)", Assert.Throws<RecipeException>(() => Run(
            new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 1 }), new TopStep(new TopStepOptions { Column = "nope", Count = 1 }))).Message, StringComparison.Ordinal);

    [Fact]
    public void Top_TiesAndAbsentValues_LowestRowFirstAbsentLast()
    {
        RecipeOutcome outcome = FixedPool.OfScores(1, double.NaN, 2, 1, 2).Run(new TopStep(new TopStepOptions { Column = "score", Count = 5 }));

        Assert.Equal([2, 4, 0, 3, 1], outcome.Selected);
    }

    [Fact]
    public void KCenter_RowsCameInAnotherOrder_TiesGoToTheLowestRow()
    {
        FixedPool pool = new() { Rows = 5, Columns = { ["score"] = new NumberData([5, 4, 3, 2, 1]) }, Embedding = new VectorData([0, 0, 1, 0, -1, 0, 0, 1, 0, -1], 2) };
        RecipeOutcome outcome = pool.Run(new TopStep(new TopStepOptions { Column = "score", Count = 5 }), new KCenterStep(new KCenterStepOptions { Count = 5, Start = [0] }));

        Assert.Equal([0, 1, 2, 3, 4], outcome.Selected);
        Assert.Equal(4, outcome.Steps[1]["radius"]!.AsArray().Count);
    }

    [Fact]
    public void KCenter_BesideEarlierRows_PicksWhatTheyLeaveFar()
    {
        FixedPool pool = new() { Rows = 6, Columns = { ["score"] = new NumberData([9, 1, 1, 9, 1, 1]) }, Embedding = new VectorData([0, 1, 2, 10, 20, 21], 1) };

        RecipeOutcome outcome = pool.Run(
            new PlacedStep(new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 5 }), "seeds", ""),
            new PlacedStep(new KCenterStep(new KCenterStepOptions { Count = 2, Beside = "seeds" }), "", "pool"));

        // Farthest from 0 and 10 is 21, then 2; 20 is near 21.
        Assert.Equal([5, 2], outcome.Selected);
        Assert.Equal([11.0, 2.0], outcome.Steps[1]["radius"]!.AsArray().Select(r => (double)r!));
        Assert.Equal("chosen already by 'seeds'", outcome.Dropped.Single(d => d.Row == 3).Reason);
    }

    [Fact]
    public void KCenter_StartThatDidNotComeIn_SaysSo()
    {
        FixedPool pool = new() { Rows = 2, Embedding = new VectorData([0, 1], 1) };

        Assert.Contains(
            "Start names row 7", Assert.Throws<RecipeException>(() => pool.Run(new KCenterStep(new KCenterStepOptions { Count = 1, Start = [7] }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Top_OneNumberATurn_CountsByTheMean()
    {
        FixedPool pool = new() { Rows = 4, Columns = { ["quality"] = new NumberListData([[1, 5], [4], null, []]) } };

        Assert.Equal([1, 0, 2, 3], pool.Run(new TopStep(new TopStepOptions { Column = "quality", Count = 4 })).Selected);
    }

    private static RecipeOutcome Run(params IRecipeStep[] steps) => FixedPool.OfScores([.. s_all.Select(r => (double)r)]).Run(steps);
}
