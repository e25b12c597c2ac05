using System.Globalization;
using Sluice.Proportions;
using Sluice.Proportions.Estimation;

namespace Sluice.Tests.Proportions.Estimation;

public sealed class EffectEstimatorTests
{
    [Fact]
    public void Estimate_WorkedExample_GivesTheGoldenMatrix()
    {
        EffectEstimate estimate = EffectEstimator.Estimate(Scores([[0.50], [0.40]], [[[0.60], [0.44]], [[0.52], [0.50]]]), 0.001, 1.2);

        Assert.All((((int, int), double)[])[((0, 0), 1.0), ((0, 1), 0.4), ((1, 0), 0.2), ((1, 1), 1.0)], g => Assert.Equal(g.Item2, estimate[g.Item1.Item1, g.Item1.Item2].Gamma, 12));
        CategoryMatrix matrix = estimate.ToMatrix("m");
        Assert.Equal(0.4, matrix["b", "a"], 12);
        Assert.Equal(0.2, matrix["a", "b"], 12);
        Assert.All(estimate.Cells, c => Assert.False(c.IsUndefined || c.IsClipped));
    }

    [Fact]
    public void Estimate_Losses_GiveTheSameAsScores()
    {
        EffectEstimate scores = EffectEstimator.Estimate(Scores([[0.50], [0.40]], [[[0.60], [0.44]], [[0.52], [0.50]]]), 0.001, 1.2);
        EffectEstimate losses = EffectEstimator.Estimate(Scores([[-0.50], [-0.40]], [[[-0.60], [-0.44]], [[-0.52], [-0.50]]]), 0.001, 1.2);

        Assert.Equal(scores.Cells.Select(c => c.Gamma), losses.Cells.Select(c => c.Gamma));
    }

    [Fact]
    public void Estimate_SeveralSlices_AveragesRatiosNotGains()
    {
        // Ratios 0.5 and 0.1: their mean is 0.3, while the ratio of the summed gains would be 0.14.
        EffectEstimate estimate = EffectEstimator.Estimate(Scores([[0, 0], [0, 0]], [[[1, 1], [0.5, 0.9]], [[0, 0], [1, 9]]]), 0.001, 1.2);

        Assert.Equal(0.3, estimate[0, 1].Mean, 12);
        Assert.Equal(0.08, estimate[0, 1].Variance, 12);
        Assert.Equal(0, estimate[1, 1].Variance);
        Assert.Equal(2, estimate[0, 1].Used);
    }

    [Fact]
    public void Estimate_SmallDenominators_AreLeftOutOrUndefined()
    {
        // The first target's own gain is 0.0005 on its first slice; the second target's on both.
        EffectEstimate estimate = EffectEstimator.Estimate(
            Scores([[0, 0], [0, 0]], [[[0.0005, 0.5], [0.3, 0.3]], [[0.2, 0.1], [-0.0005, 0]]]), 0.001, 1.2);

        Assert.Equal(0.2, estimate[1, 0].Gamma, 12);
        Assert.Equal((1, 2), (estimate[1, 0].Used, estimate[1, 0].Slices));
        Assert.True(double.IsNaN(estimate[1, 0].Variance));
        Assert.True(estimate[0, 1].IsUndefined && estimate[1, 1].IsUndefined);
        Assert.Equal((0.0, 1.0), (estimate[0, 1].Gamma, estimate[1, 1].Gamma));
        Assert.False(estimate[0, 1].IsClipped);
    }

    [Fact]
    public void Estimate_NoLeastGain_NeverDividesByZero()
    {
        EffectEstimate estimate = EffectEstimator.Estimate(Scores([[0], [0]], [[[0], [0.3]], [[0.2], [0.1]]]), 0, 5);

        Assert.True(estimate[1, 0].IsUndefined);
        Assert.Equal(3, estimate[0, 1].Gamma, 12);
    }

    [Theory]
    [InlineData(0.3, 1.2)]
    [InlineData(-0.3, -1.2)]
    public void Estimate_BeyondTheLimit_IsClippedAndKeepsItsAverage(double gain, double expected)
    {
        EffectEstimate estimate = EffectEstimator.Estimate(Scores([[0], [0]], [[[0.1], [0]], [[gain], [0.1]]]), 0.001, 1.2);

        Assert.True(estimate[1, 0].IsClipped);
        Assert.Equal(expected, estimate[1, 0].Gamma);
        Assert.Equal(gain * 10, estimate[1, 0].Mean, 9);
    }

    [Fact]
    public void AgainstTheOthers_OneCategoryHurtByItsOwnTraining_IsNamed()
    {
        EffectEstimate estimate = EffectEstimator.Estimate(
            Scores([[0], [0], [0]], [[[0.1], [0], [0]], [[0], [-0.1], [0]], [[0], [0], [0.1]]]), 0.001, 1.2);

        Assert.Equal(["b"], estimate.AgainstTheOthers());
    }

    [Fact]
    public void Write_Matrix_ReadsBackBitForBit()
    {
        EffectEstimate estimate = EffectEstimator.Estimate(Scores([[0.1], [0.7]], [[[0.4], [0.9]], [[0.2], [0.8]]]), 0.001, 9);
        StringWriter writer = new(CultureInfo.InvariantCulture);
        CategoryMatrixWriter.Write(writer, ["a, the \"first\"", "#b"], (target, trained) => estimate[trained, target].Gamma);
        CategoryMatrix matrix = CategoryMatrixFile.Parse(CsvTable.Read(new StringReader(writer.ToString()), "m.csv"));

        Assert.Equal(["a, the \"first\"", "#b"], matrix.Categories);
        Assert.Equal(estimate[0, 1].Gamma, matrix["#b", "a, the \"first\""]);
        Assert.Equal(estimate[1, 0].Gamma, matrix["a, the \"first\"", "#b"]);
    }

    private static MeasuredScores Scores(double[][] before, double[][][] after) => new()
    {
        Categories = [.. new[] { "a", "b", "c" }.Take(before.Length)],
        Slices = [.. before.Select(b => b.Select((_, k) => $"{k + 1}").ToArray())],
        BaseScores = before,
        Scores = after,
    };
}
