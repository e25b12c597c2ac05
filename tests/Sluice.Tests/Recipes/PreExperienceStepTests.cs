using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Records;

namespace Sluice.Tests.Recipes;

public sealed class PreExperienceStepTests
{
    [Fact]
    public void Apply_TwoClusters_MiddleOfEachInRowOrder()
    {
        // Even rows: the reference's 21 confidences. Odd rows: three, fewer than wanted, so taken whole.
        double[] confidence = new double[42];
        float[] place = new float[42];
        for (int i = 0; i < 21; i++)
        {
            confidence[2 * i] = i + 1;
            confidence[(2 * i) + 1] = i < 3 ? 100 - i : double.NaN;
            place[(2 * i) + 1] = 1000;
        }

        FixedPool pool = new() { Rows = 42, Columns = { ["perplexity"] = new NumberData(confidence) }, Embedding = new VectorData(place, 1) };
        RecipeOutcome outcome = pool.Run(new PreExperienceStep(new PreExperienceStepOptions { Confidence = "perplexity", Clusters = 2, Each = 4 }));

        Assert.Equal([1, 3, 5, 10, 14, 18, 22], outcome.Selected);
        Assert.Equal([3, 21], outcome.Steps[0]["sizes"]!.AsArray().Select(v => (int)v!).Order());
        Assert.Equal(18, (int)outcome.Steps[0]["unscored"]!);
        Assert.Equal("perplexity is absent", outcome.Dropped.Single(d => d.Row == 7).Reason);
        Assert.StartsWith("perplexity 1 is not among those taken from the middle of cluster ", outcome.Dropped.Single(d => d.Row == 0).Reason, StringComparison.Ordinal);
        Assert.NotEqual(outcome.RowFigures["cluster"][1], outcome.RowFigures["cluster"][10]);
    }
}
