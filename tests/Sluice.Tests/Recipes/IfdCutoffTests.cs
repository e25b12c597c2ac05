using Sluice.Recipes;
using Sluice.Recipes.Steps;

namespace Sluice.Tests.Recipes;

/// <summary>The cut-offs that Cherry and Superfiltering put on IFD, made of <c>Threshold</c> and <c>Top</c>.</summary>
public sealed class IfdCutoffTests
{
    private static readonly double[] s_rates = [.5, .9, .9, .7, 1.0, 1.2];

    [Fact]
    public void CherryTopNumber_ReferenceRates_HighestRowOnTiesInPoolOrder()
    {
        // data_by_IFD.py: above 1 skipped, 1 itself kept; the last two of an ascending sort by (rate, index), in original order.
        Assert.Equal([2, 4], Cherry(new TopStepOptions { Column = "score", Count = 2, Ties = "high", Order = "row" }));
        Assert.Equal([4, 2], Cherry(new TopStepOptions { Column = "score", Count = 2, Ties = "high" }));
        Assert.Equal([1, 4], Cherry(new TopStepOptions { Column = "score", Count = 2, Order = "row" }));
    }

    [Theory]
    [InlineData("incoming", 0.4, new long[] { 4, 1 })]
    [InlineData("candidates", 0.4, new long[] { 4, 1 })]
    [InlineData("candidates", 0.5, new long[] { 4, 1, 2 })]
    [InlineData("incoming", 0.5, new long[] { 4, 1 })]
    [InlineData("candidates", 1, new long[] { 4, 1, 2, 3, 0 })]
    [InlineData("incoming", 0.1, new long[] { 4 })]
    public void CherryRatio_OfThoseLeftOrOfAll_IsRoundedDownAndNeverNothing(string of, double ratio, long[] expected) =>
        Assert.Equal(expected, Cherry(new TopStepOptions { Column = "score", Ratio = ratio, RatioOf = of }));

    [Fact]
    public void Superfiltering_BelowOneThenAShareOfAlpaca_TakesThatManyOfThoseLeft()
    {
        // int(52002 * 0.06) = 3120 of the rows strictly below 1; row r has rate r / 40000, so that rows 0 to 39,999 pass.
        FixedPool pool = FixedPool.OfScores([.. Enumerable.Range(0, 52_002).Select(r => r / 40_000.0)]);
        RecipeOutcome outcome = pool.Run(
            new ThresholdStep(new ThresholdStepOptions { Column = "score", Below = 1 }),
            new TopStep(new TopStepOptions { Column = "score", Ratio = 0.06, RatioOf = "candidates" }));

        Assert.Equal(3120, outcome.Selected.Count);
        Assert.Equal(39_999, outcome.Selected[0]);
        Assert.Equal(36_880, outcome.Selected[^1]);
    }

    [Fact]
    public void SuperfilteringLowerBound_BothLimits_AreStrict()
    {
        RecipeOutcome outcome = FixedPool.OfScores(.9, .91, .99, 1, .5).Run(
            new ThresholdStep(new ThresholdStepOptions { Column = "score", Below = 1 }), new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 0.9 }));

        Assert.Equal([1, 2], outcome.Selected);
    }

    private static IReadOnlyList<long> Cherry(TopStepOptions top) =>
        FixedPool.OfScores(s_rates).Run(new ThresholdStep(new ThresholdStepOptions { Column = "score", AtMost = 1 }), new TopStep(top)).Selected;
}
