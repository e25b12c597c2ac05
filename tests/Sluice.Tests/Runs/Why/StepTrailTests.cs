using System.Text.Json.Nodes;
using Sluice.Runs.Why;

namespace Sluice.Tests.Runs.Why;

public sealed class StepTrailTests
{
    [Theory]
    [InlineData("Threshold", "quality 0.3 is not above 1", 0)]
    [InlineData("Threshold", "quality 7 is not at most 4", 2)]
    [InlineData("Threshold", "length 7 is not at most 4", -1)]
    [InlineData("Threshold", "quality is absent", -1)]
    [InlineData("KCenter", "not among the 5 chosen", 1)]
    [InlineData("Top", "quality 1 ranks 9", -1)]
    public void Find_StepsOfOneName_AreToldApartByColumnAndLimit(string step, string reason, int expected) => Assert.Equal(expected, StepTrail.Find(
        [Step("Threshold", 10, 6, column: "quality", limit: "above 1"), Step("KCenter", 6, 5, column: "embedding"), Step("Threshold", 5, 3, column: "quality", limit: "at most 4")], step, reason));

    [Fact]
    public void Passed_PlainRecipe_IsEveryStepBefore()
    {
        IReadOnlyList<PassedStep> passed = StepTrail.Passed([Step("Threshold", 10, 6, "quality", "above 1"), Step("Top", 6, 3, "length"), Step("KCenter", 3, 2, "embedding")], 2, _ => false);

        Assert.Equal([new("Threshold", "quality above 1", 10, 6), new PassedStep("Top", "by length", 6, 3)], passed);
    }

    [Fact]
    public void Passed_StepsThatTakeRowsFromElsewhere_ClaimNothingOfTheStepsBefore()
    {
        JsonObject added = Step("Proportions", 5, 5);
        added["added"] = 2;
        JsonObject from = Step("KCenter", 10, 4);
        from["from"] = "pool";

        Assert.Equal(["Top"], StepTrail.Passed([Step("KCenter", 9, 5), added, Step("Top", 5, 4)], 3, _ => false).Select(s => s.Name));
        Assert.Equal(["KCenter", "Top"], StepTrail.Passed([Step("KCenter", 9, 5), added, Step("Top", 5, 4)], 3, i => i == 0).Select(s => s.Name));
        Assert.Equal(["KCenter", "Top"], StepTrail.Passed([Step("Threshold", 10, 9), from, Step("Top", 4, 3)], 3, _ => true).Select(s => s.Name));
        Assert.Empty(StepTrail.Passed([Step("Threshold", 10, 9), from], 1, _ => true));
        Assert.Equal(["Merge"], StepTrail.Passed([Step("Top", 10, 9), Step("Merge", 9, 12)], 2, _ => true).Select(s => s.Name));
    }

    private static JsonObject Step(string name, long rows, long kept, string column = "", string limit = "") =>
        new() { ["step"] = name, ["in"] = rows, ["out"] = kept, ["column"] = column, ["limit"] = limit };
}
