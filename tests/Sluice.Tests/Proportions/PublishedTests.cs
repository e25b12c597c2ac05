using Sluice.Proportions;

namespace Sluice.Tests.Proportions;

public sealed class PublishedTests
{
    private static readonly double[] s_first = [0.2, 0.3, 0.5];
    private static readonly double[,] s_firstGamma = { { 1, 0.5, -0.2 }, { 0.3, 1, 0.1 }, { -0.4, 0.2, 1 } };
    private static readonly double[] s_second = [0.02, 0.38, 0.60];
    private static readonly double[,] s_secondGamma = { { 1, 0.1, 0 }, { -0.3, 1, 0.4 }, { -0.5, 0.2, 1 } };

    [Theory]
    [InlineData(true, "AdamAliased", new[] { -0.000115, 0.289613, 0.710502 }, 1696)]
    [InlineData(true, "Adam", new[] { -0.000039, 0.411535, 0.588504 }, 1939)]
    [InlineData(false, "AdamAliased", new[] { -0.000076, 0.366922, 0.633154 }, 198)]
    [InlineData(false, "Adam", new[] { -0.000090, 0.367288, 0.632802 }, 199)]
    public void Solve_Adam_GivesPublishedSharesAndSteps(bool isFirst, string variant, double[] expected, int steps)
    {
        PublishedShares shares = PublishedOptimizer.Solve(isFirst ? s_first : s_second, isFirst ? s_firstGamma : s_secondGamma, Enum.Parse<PublishedVariant>(variant));
        Assert.All(expected.Zip(shares.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(steps, shares.Steps);
    }

    [Theory]
    [InlineData(true, new[] { 0.09, 0.50, 0.49 }, 0.413, new[] { -1, 1, 1 })]
    [InlineData(false, new[] { -0.394, 0.502, 0.752 }, 0.63408, new[] { -1, -1, 1 })]
    public void Solve_FirstStep_RaisesWhatIsWorthMoreThanTheAverage(bool isFirst, double[] worth, double average, int[] signs)
    {
        double[] alpha = isFirst ? s_first : s_second;
        double[,] gamma = isFirst ? s_firstGamma : s_secondGamma;
        double[] found = ProportionSolver.Worth(gamma, alpha);
        Assert.All(worth.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(average, found.Zip(alpha, (s, a) => s * a).Sum(), 1e-12);
        PublishedShares shares = PublishedOptimizer.Solve(alpha, gamma, PublishedVariant.FirstStep);
        Assert.Equal(signs, shares.Weights.Zip(alpha, (w, a) => Math.Sign(w - a)));
        Assert.Equal(1, shares.Steps);
    }

    [Fact]
    public void Solve_Aliased_TurnsTheVerdictOnCodeRound()
    {
        Assert.True(PublishedOptimizer.Solve(s_first, s_firstGamma, PublishedVariant.AdamAliased).Weights[1] < s_first[1]);
        Assert.True(PublishedOptimizer.Solve(s_first, s_firstGamma, PublishedVariant.Adam).Weights[1] > s_first[1]);
        Assert.True(PublishedOptimizer.Solve(s_first, s_firstGamma, PublishedVariant.FirstStep).Weights[1] > s_first[1]);
    }

    [Fact]
    public void Solve_OneCategory_StaysWhereItIs() =>
        Assert.Equal([1.0], PublishedOptimizer.Solve([1], new double[,] { { 1 } }, PublishedVariant.FirstStep).Weights);

    [Fact]
    public void Counts_CappedSource_RefillsFromTheOthers() =>
        Assert.Equal([570, 259, 171], PublishedResample.Counts([600, 250, 150], [3000, 10, 2000], [0.60, 0.25, 0.15], [0.55, 0.28, 0.17], 0.03));

    [Fact]
    public void Counts_SmallCategories_KeepFiveRowsOrAllTheyHave()
    {
        // 90 rows to move from three: 30 each, but the second has but 3 above five, and the third but four rows.
        int[] counts = PublishedResample.Counts([800, 8, 4, 88], [0, 0, 0, 1000], [0.8, 0.09, 0.01, 0.1], [0.7, 0.05, 0.005, 0.245], 0.1);
        Assert.Equal([770, 5, 4], counts[..3]);

        // 33 removed, 90 wanted: the released code refills by the difference, whichever its sign.
        Assert.Equal(88 + 90 + 57, counts[3]);
    }

    [Fact]
    public void Counts_SourceEmptyOrAllShort_NoErrorAndSmallerResult()
    {
        Assert.Equal([570, 250, 150], PublishedResample.Counts([600, 250, 150], [0, 0, 0], [0.60, 0.25, 0.15], [0.55, 0.28, 0.17], 0.03));
        Assert.Equal([570, 252, 151], PublishedResample.Counts([600, 250, 150], [0, 3, 2], [0.60, 0.25, 0.15], [0.55, 0.28, 0.17], 0.03));
    }

    [Fact]
    public void Counts_ProductJustBelowAWhole_IsNotCut()
    {
        // 100 x 0.29 is 28.999999999999996 in binary; the released code moves 28.
        Assert.Equal([21, 79], PublishedResample.Counts([50, 50], [0, 1000], [0.5, 0.5], [0.4, 0.6], 0.29));
    }

    [Fact]
    public void Counts_EqualOrUnknownCategory_IsLeftAsItIs() =>
        Assert.Equal([90, 110, 30, 7], PublishedResample.Counts([100, 100, 30, 7], [0, 1000, 1000, 1000], [0.4, 0.4, 0.2, 0], [0.3, 0.5, 0.2, 0.1], 10.0 / 237));

    [Fact]
    public void Apply_SourceHoldsRowsThatAreThere_NoneComesTwice()
    {
        ResampleRow[] rows = [.. Enumerable.Range(0, 10).Select(row => new ResampleRow(row, 0, row))];
        ResampleResult result = PublishedResample.Apply(rows.AsSpan(0, 6), rows, [9], new Random(1));
        Assert.Equal([0, 1, 2, 3, 4, 5], result.Kept);
        Assert.Equal(3, result.Added.Distinct().Count(row => row >= 6));
    }
}
