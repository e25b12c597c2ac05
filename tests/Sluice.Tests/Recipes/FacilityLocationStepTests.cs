using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Records;

namespace Sluice.Tests.Recipes;

public sealed class FacilityLocationStepTests
{
    private static readonly float[] s_golden = [1, 0, .8f, .6f, .6f, .8f, 0, 1, -1, 0];

    [Fact]
    public void Apply_ReferenceRowsInAnyOrder_ReferenceOrderAndGains()
    {
        FixedPool pool = new() { Rows = 5, Columns = { ["score"] = new NumberData([1, 2, 3, 4, 5]) }, Embedding = new VectorData(s_golden, 2) };
        RecipeOutcome outcome = pool.Run(new TopStep(new TopStepOptions { Column = "score", Count = 5 }), new FacilityLocationStep(new FacilityLocationStepOptions { Count = 4 }));

        Assert.Equal([2, 4, 0, 3], outcome.Selected);
        Assert.Equal(4, outcome.Steps[1]["gains"]!.AsArray().Count);
        Assert.Equal(0.360592681, (double)outcome.Steps[1]["gains"]![2]!, 3e-7);
        Assert.Equal(0.360592681, outcome.RowFigures["gain"][0], 3e-7);
        Assert.Equal("not among the 4 chosen, which stand for it", outcome.Dropped.Single().Reason);
    }

    [Theory]
    [InlineData("low", 1)]
    [InlineData("high", 2)]
    public void Apply_EqualGains_GoToTheRowAskedFor(string ties, long expected) => Assert.Equal(
        [expected], new FixedPool { Rows = 4, Embedding = new VectorData([0, 1, 2, 3], 1) }.Run(new FacilityLocationStep(new FacilityLocationStepOptions { Count = 1, Ties = ties })).Selected);

    [Fact]
    public void Apply_Cosine_LengthsDoNotMatter()
    {
        // By direction rows 0, 1, 2 are one group; by distance row 2 stands alone.
        FixedPool pool = new() { Rows = 5, Embedding = new VectorData([1, 0, 1, -0.1f, 9, 0.05f, 0, 1, 0, 2], 2) };

        Assert.Equal([2, 3], pool.Run(new FacilityLocationStep(new FacilityLocationStepOptions { Count = 2, Similarity = "cosine" })).Selected);
        Assert.Equal([0, 2], pool.Run(new FacilityLocationStep(new FacilityLocationStepOptions { Count = 2 })).Selected);
    }
}
