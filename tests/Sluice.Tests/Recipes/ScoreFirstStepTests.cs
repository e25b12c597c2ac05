using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Records;

namespace Sluice.Tests.Recipes;

public sealed class ScoreFirstStepTests
{
    // Deita's golden rows as they stand in the pool.
    private static readonly double[]?[] s_complexity = [[2], [4], [2, 3], [5], [3], [1.5], [3.5]];
    private static readonly double[]?[] s_quality = [[3], [4], [2, 3], [2.5], [4], [5], [3]];
    private static readonly float[] s_embedding = [1, 0, 0, .99f, .10f, 0, 0, 1, 0, 0, 0, 2, 0, .5f, 1, .7f, .7f, .1f, 0, .45f, .9f];

    [Fact]
    public void Apply_ReferenceRows_ReferenceRowsInScoreOrder()
    {
        RecipeOutcome outcome = Golden().Run(new ScoreFirstStep(new ScoreFirstStepOptions()));

        Assert.Equal([1, 2, 3, 4, 5], outcome.Selected);
        Assert.Equal([16, 13, 12.5, 12, 7.5], outcome.Selected.Select(r => outcome.RowFigures["score"][r]));
        Assert.Equal(0.8944, outcome.RowFigures["nearest"][4], 1e-4);
        Assert.True(double.IsNaN(outcome.RowFigures["nearest"][1]));
        Assert.Equal("cosine 0.9949 to row 1, chosen before it with a higher score", outcome.Dropped[0].Reason);
        Assert.Equal("cosine 1 to row 4, chosen before it with a higher score", outcome.Dropped[1].Reason);
        Assert.Equal(5, (int)outcome.Steps[0]["kept"]!);
        Assert.Equal(2, (int)outcome.Steps[0]["tooSimilar"]!);
        Assert.Equal(7, (int)outcome.Steps[0]["scanned"]!);
        Assert.Equal(7.5, (double)outcome.Steps[0]["lowestScore"]!);
    }

    [Fact]
    public void Apply_Count_StopsThereAndSaysSo()
    {
        RecipeOutcome outcome = Golden().Run(new ScoreFirstStep(new ScoreFirstStepOptions { Count = 2 }));

        Assert.Equal([1, 2], outcome.Selected);
        Assert.Equal("score 12.5 ranks behind the 2 that were wanted", outcome.Dropped.Single(d => d.Row == 3).Reason);
        Assert.Equal(2, (int)outcome.Steps[0]["scanned"]!);
        Assert.Equal(0, (int)outcome.Steps[0]["tooSimilar"]!);
    }

    [Fact]
    public void Apply_Manhattan_DropsTheDistantAsTheReferenceDoes() => Assert.Equal(
        [1, 5, 0], Golden().Run(new ScoreFirstStep(new ScoreFirstStepOptions { Metric = "manhattan", MaxSimilarity = 1.5 })).Selected);

    [Fact]
    public void Apply_Batch_NamesTheRowThatIsItselfDropped()
    {
        float[] angles = [.. new[] { 0, 20, 40, 90 }.SelectMany(a => new[] { MathF.Cos(a * MathF.PI / 180), MathF.Sin(a * MathF.PI / 180) })];
        FixedPool pool = Pool([9, 8, 7, 6], angles, 2);

        Assert.Equal([0, 2, 3], pool.Run(new ScoreFirstStep(new ScoreFirstStepOptions())).Selected);
        RecipeOutcome outcome = pool.Run(new ScoreFirstStep(new ScoreFirstStepOptions { Batch = 3 }));
        Assert.Equal([0, 3], outcome.Selected);
        Assert.Equal("cosine 0.9397 to row 1, before it in its batch with a higher score", outcome.Dropped.Single(d => d.Row == 2).Reason);
    }

    [Fact]
    public void Apply_ScoresThatLackOrDoNotMatch_CannotBeTakenAndSayWhy()
    {
        FixedPool pool = new()
        {
            Rows = 5,
            Columns =
            {
                ["complexity"] = new NumberListData([[1, 2], null, [1], [], [double.NaN]]),
                ["quality"] = new NumberListData([[1], [1], [2], [1], [1]]),
            },
            Embedding = new VectorData([1, 2, 3, 4, 5], 1),
        };
        RecipeOutcome outcome = pool.Run(new ScoreFirstStep(new ScoreFirstStepOptions()));

        Assert.Equal([2], outcome.Selected);
        Assert.Equal(
            [
                "complexity has 2 scores, quality 1: their turns do not match",
                "complexity is absent, so the row has no score",
                "complexity is absent, so the row has no score",
                "complexity of a turn is absent, so the row has no score",
            ],
            outcome.Dropped.Select(d => d.Reason));
        Assert.Equal(4, (int)outcome.Steps[0]["unscored"]!);
    }

    [Fact]
    public void Apply_EqualScores_LowestRowFirstWhateverOrderTheyCameIn()
    {
        FixedPool pool = Pool([2, 2, 2], [1, 0, 0, 1, 1, 0.01f], 2);
        pool.Columns["order"] = new NumberData([1, 2, 3]);
        RecipeOutcome outcome = pool.Run(new TopStep(new TopStepOptions { Column = "order", Count = 3 }), new ScoreFirstStep(new ScoreFirstStepOptions()));

        Assert.Equal([0, 1], outcome.Selected);
        Assert.Equal("cosine 1 to row 0, chosen before it with an equal score", outcome.Dropped[0].Reason);
    }

    [Theory]
    [InlineData("keep", new long[] { 0, 1, 2 })]
    [InlineData("drop", new long[] { 0 })]
    public void Apply_ZeroVectors_KeptAsTheReferenceDoesOrDropped(string zeros, long[] expected)
    {
        RecipeOutcome outcome = Pool([3, 2, 1], [1, 1, 0, 0, 0, 0], 2).Run(new ScoreFirstStep(new ScoreFirstStepOptions { ZeroVectors = zeros }));

        Assert.Equal(expected, outcome.Selected);
        Assert.Equal(3 - expected.Length, (int)outcome.Steps[0]["zeroVectors"]!);
        Assert.All(outcome.Dropped, d => Assert.Equal("embedding is all zeros", d.Reason));
    }

    [Fact]
    public void DropDuplicates_RankedRows_TheFirstOfSimilarOnesStays()
    {
        FixedPool pool = Pool([1, 2, 3, 4], [1, 0, 0, 1, 1, 0.01f, 0, 1], 2);
        RecipeOutcome outcome = pool.Run(new TopStep(new TopStepOptions { Column = "complexity", Count = 4 }), new DropDuplicatesStep(new DropDuplicatesStepOptions { MaxSimilarity = 0.95 }));

        Assert.Equal([3, 2], outcome.Selected);
        Assert.Equal(2, (int)outcome.Steps[1]["dropped"]!);
        Assert.Equal("cosine 1 to row 2, which came before it", outcome.Dropped[0].Reason);
        Assert.Equal("cosine 1 to row 3, which came before it", outcome.Dropped[1].Reason);
    }

    private static FixedPool Golden() => new()
    {
        Rows = 7,
        Columns = { ["complexity"] = new NumberListData(s_complexity), ["quality"] = new NumberListData(s_quality) },
        Embedding = new VectorData(s_embedding, 3),
    };

    private static FixedPool Pool(double[] scores, float[] embedding, int width) => new()
    {
        Rows = scores.Length,
        Columns = { ["complexity"] = new NumberData(scores), ["quality"] = new NumberData([.. scores.Select(_ => 1.0)]) },
        Embedding = new VectorData(embedding, width),
    };
}
