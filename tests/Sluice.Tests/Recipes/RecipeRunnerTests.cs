using Sluice.Pool;
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
        Fixed columns = new(new NumberData([1, double.NaN, 2, 1, 2]));

        RecipeOutcome outcome = new RecipeRunner(columns, TimeProvider.System).Run([new TopStep(new TopStepOptions { Column = "score", Count = 5 })], [0, 1, 2, 3, 4], null, default);

        Assert.Equal([2, 4, 0, 3, 1], outcome.Selected);
    }

    [Fact]
    public void KCenter_RowsCameInAnotherOrder_TiesGoToTheLowestRow()
    {
        Fixed columns = new(new NumberData([5, 4, 3, 2, 1])) { Matrix = new VectorData([0, 0, 1, 0, -1, 0, 0, 1, 0, -1], 2) };
        RecipeOutcome outcome = new RecipeRunner(columns, TimeProvider.System).Run(
            [new TopStep(new TopStepOptions { Column = "score", Count = 5 }), new KCenterStep(new KCenterStepOptions { Count = 5, Start = [0] })], [0, 1, 2, 3, 4], null, default);

        Assert.Equal([0, 1, 2, 3, 4], outcome.Selected);
        Assert.Equal(4, outcome.Steps[1]["radius"]!.AsArray().Count);
    }

    [Fact]
    public void KCenter_StartThatDidNotComeIn_SaysSo()
    {
        Fixed columns = new(new NumberData([1, 2])) { Matrix = new VectorData([0, 1], 1) };

        Assert.Contains("Start names row 7", Assert.Throws<RecipeException>(() => new RecipeRunner(columns, TimeProvider.System).Run(
            [new KCenterStep(new KCenterStepOptions { Count = 1, Start = [7] })], [0, 1], null, default)).Message, StringComparison.Ordinal);
    }

    private static RecipeOutcome Run(params IRecipeStep[] steps) =>
        new RecipeRunner(new Fixed(new NumberData([.. s_all.Select(r => (double)r)])), TimeProvider.System).Run(steps, s_all, null, default);

    private sealed class Fixed(NumberData score) : IColumnSource
    {
        public VectorData? Matrix { get; init; }

        public long Rows => score.Count;

        public ColumnData Column(string name) => name == "score" ? score : throw new InvalidDataException($"The pool has no column '{name}'.");

        public bool Has(string name) => name == "score" || (name == "embedding" && Matrix is not null);

        public VectorData Vectors(string name, IReadOnlyList<long> rows) =>
            new([.. rows.SelectMany(r => Matrix!.Values[(int)(r * Matrix.Width)..(int)((r + 1) * Matrix.Width)])], Matrix!.Width);
    }
}
