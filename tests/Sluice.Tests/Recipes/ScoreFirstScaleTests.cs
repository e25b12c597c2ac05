using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Records;

namespace Sluice.Tests.Recipes;

public sealed class ScoreFirstScaleTests
{
    // Bad in both, good in both: a product of logits likes them equally.
    private static readonly FixedPool s_pool = new()
    {
        Rows = 2,
        Columns = { ["complexity"] = new NumberData([-2, 2]), ["quality"] = new NumberData([-2, 2]) },
        Embedding = new VectorData([1, 0, 0, 1], 2),
    };

    [Fact]
    public void Run_LogitsAsTheyAre_RowBadInBothTies() => Assert.Equal([0, 1], s_pool.Run(new ScoreFirstStep(new ScoreFirstStepOptions())).Selected);

    [Fact]
    public void Run_Logistic_LaysLogitsOnTheScaleFrom1To6()
    {
        RecipeOutcome outcome = s_pool.Run(new ScoreFirstStep(new ScoreFirstStepOptions { QualityScale = "logistic", ComplexityScale = "logistic" }));

        Assert.Equal([1, 0], outcome.Selected);
        // (1 + 5 sigmoid(2))^2 and (1 + 5 sigmoid(-2))^2.
        Assert.Equal(29.203058, outcome.RowFigures["score"][1], 6);
        Assert.Equal(2.547263, outcome.RowFigures["score"][0], 6);
    }

    [Fact]
    public void Run_LogisticOfOneColumn_LeavesTheOther()
    {
        RecipeOutcome outcome = s_pool.Run(new ScoreFirstStep(new ScoreFirstStepOptions { QualityScale = "logistic" }));

        Assert.Equal(2 * 5.4039853898894, outcome.RowFigures["score"][1], 9);
    }
}
