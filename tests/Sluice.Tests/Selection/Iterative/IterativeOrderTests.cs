using Sluice.Selection.Iterative;

namespace Sluice.Tests.Selection.Iterative;

/// <summary>The order update against what the reference gave, and where it fails on purpose not.</summary>
public sealed class IterativeOrderTests
{
    [Theory]
    [InlineData(1, 0.1, new[] { 4, 5, 0, 1, 2, 3 })]
    [InlineData(2, 0.1, new[] { 4, 1, 5, 0, 2, 3 })]
    [InlineData(3, 0.1, new[] { 4, 1, 2, 5, 0, 3 })]
    [InlineData(5, 0.1, new[] { 4, 1, 2, 3, 0, 5 })]
    [InlineData(1, 0.0, new[] { 4, 5, 0, 1, 2, 3 })]
    [InlineData(2, 0.0, new[] { 4, 1, 5, 0, 2, 3 })]
    [InlineData(3, 0.0, new[] { 4, 1, 2, 5, 0, 3 })]
    [InlineData(5, 0.0, new[] { 4, 1, 2, 3, 0, 5 })]
    [InlineData(3, 1.0, new[] { 4, 1, 0, 5, 2, 3 })]
    [InlineData(5, 1.0, new[] { 4, 1, 0, 2, 3, 5 })]
    public void Update_PublishedExample_GivesItsOrder(int count, double decay, int[] expected)
    {
        foreach (bool bf16 in (ReadOnlySpan<bool>)[false, true])
        {
            Assert.Equal(expected, Update(IterItExample.Texts, IterItExample.Scores, Options(count) with { Decay = decay, Suffix = IterItExample.Suffix, Bf16 = bf16 }).Order);
        }
    }

    [Fact]
    public void Update_PublishedExample_GivesItsFirstValues()
    {
        IterativeUpdate update = Update(IterItExample.Texts, IterItExample.Scores, Options(1) with { Decay = 1, Suffix = IterItExample.Suffix, Bf16 = true });
        IterativeUpdate all = Update(IterItExample.Texts, IterItExample.Scores, Options(5) with { Decay = 1, Suffix = IterItExample.Suffix, Bf16 = true });

        Assert.Equal(3.960101051, update.Picks[0].Value, 9);
        Assert.Equal([(4, 3.960101051), (1, 3.770739897), (0, 3.671833964), (2, 3.346751540), (3, 2.917111474)], all.Picks.Select(p => (p.Document, Math.Round(p.Value, 9))));
        Assert.Equal((1, 0), (all.Ineligible, all.Unscored));
    }

    [Fact]
    public void Update_ScoreAlone_OrdersByIt() =>
        Assert.Equal([4, 0, 1, 5, 2, 3], Update(IterItExample.Texts, IterItExample.Scores, Options(3) with { Diversity = false }).Order);

    [Fact]
    public void Update_TwoEpochs_GiveTheOrdersOfTheReference()
    {
        double[] scores = [.. IterItExample.TwoEpochScores];
        IterativeUpdate first = Update(IterItExample.TwoEpochTexts, scores, Options(2));
        Assert.Equal([0, 3, 5, 4, 1, 2, 6, 7], first.Order);

        (scores[0], scores[3], scores[5], scores[1], scores[2], scores[4]) = (.55, .80, .95, .65, .75, .50);
        Assert.Equal([5, 3, 2, 1, 0, 4, 6, 7], Update(IterItExample.TwoEpochTexts, scores, Options(2), first.Order, 6).Order);
    }

    [Fact]
    public void Update_Bf16_CountsARowBelowOneAsOne()
    {
        string[] texts = ["aa bb", "cc dd", "ee ff"];
        Assert.Equal((0, 1), (Update(texts, [.9, .9985, .8], Options(1)).Ineligible, Update(texts, [.9, .9985, .8], Options(1) with { Bf16 = true }).Ineligible));
    }

    // The reference loses row 1: [2,0,3,4,5].
    [Fact]
    public void Update_RowWithoutScore_IsKeptAmongTheIneligible()
    {
        string[] texts = ["red", "green", "blue", "black", "white", "grey"];
        IterativeUpdate update = Update(texts, [.9, double.NaN, .998, .9985, 1.0, 1.2], Options(2) with { Bf16 = true });

        Assert.Equal([2, 0, 1, 3, 4, 5], update.Order);
        Assert.Equal((4, 1), (update.Ineligible, update.Unscored));
    }

    // The reference picks row 0 twice: [2,0,0,1].
    [Fact]
    public void Update_RepeatedTextsWithoutDecay_PicksEachRowOnce() =>
        Assert.Equal([2, 0, 1], Update(["same words here", "same words here", "same words here"], [.5, .6, .7], Options(3) with { Decay = 0 }).Order);

    // The reference picks row 0 twice: [1,0,0,2].
    [Fact]
    public void Update_FewerEligibleThanWanted_PicksThemAndNoOther()
    {
        IterativeUpdate update = Update(["red car", "blue car", "green car"], [.5, .6, 1.3], Options(3));

        Assert.Equal([1, 0, 2], update.Order);
        Assert.Equal(2, update.Picks.Count);
    }

    // The reference ends with a TypeError (one) and a ValueError (none).
    [Fact]
    public void Update_OneEligibleOrNone_IsNoError()
    {
        Assert.Equal([1, 0, 2], Update(["red car", "blue car", "green car"], [1.5, .6, 1.3], Options(2)).Order);
        IterativeUpdate none = Update(["red car", "blue car"], [1.5, double.NaN], Options(2));
        Assert.Equal([0, 1], none.Order);
        Assert.Empty(none.Picks);
    }

    // The reference lets count exceed n.
    [Fact]
    public void Update_WindowLargerThanThePool_MeansAll() =>
        Assert.Equal([4, 1, 5, 0, 2, 3], Update(IterItExample.Texts, IterItExample.Scores, Options(2) with { Suffix = IterItExample.Suffix }, null, 600).Order);

    [Fact]
    public void Update_EqualRows_TheLowestRowWinsWhateverTheOrder()
    {
        string[] texts = ["same words", "same words", "same words", "same words"];
        Assert.Equal([0, 1, 3, 2], Update(texts, [.5, .5, 2, .5], Options(2), [3, 2, 1, 0], 4).Order[..2].Concat([3, 2]));
        Assert.Equal([0, 1, 2, 3], Update(texts, [.5, .5, 2, .5], Options(2) with { Diversity = false }, [3, 2, 1, 0], 4).Order);
    }

    // In the reference the rows themselves are reordered, so 'original order' is that of the order at hand.
    [Fact]
    public void Update_IneligibleRows_KeepTheOrderTheyStoodIn() =>
        Assert.Equal([1, 4, 2, 0, 3], Update(["aa", "bb", "cc", "dd", "ee"], [1.1, .5, 1.2, .4, 1.3], Options(1), [4, 1, 2, 0, 3], 4).Order);

    [Fact]
    public void Update_TextsWithoutWords_ArePickedByRow() => Assert.Equal([0, 1, 2], Update(["a", "!", ""], [.1, .2, .3], Options(3)).Order);

    [Fact]
    public void Update_NegativeScore_SaysWhatIsExpected() =>
        Assert.Contains("row 1, expected 0 or more", Assert.Throws<InvalidDataException>(() => Update(["a", "b"], [.1, -.2], Options(1))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(2, 0.0)]
    [InlineData(3, 0.5)]
    [InlineData(4, 1.0)]
    [InlineData(5, 0.1)]
    public void Update_RandomTexts_PicksWhatTheNaiveLoopPicks(int seed, double decay)
    {
        Random random = new(seed);
        string[] texts = IterItExample.RandomTexts(random, 120);
        double[] scores = [.. Enumerable.Range(0, texts.Length).Select(_ => Math.Round(random.NextDouble() * 0.9, 2))];

        IterativeUpdate update = Update(texts, scores, Options(60) with { Decay = decay, Threads = seed });

        List<int> expected = new NaiveIterIt(texts).Pick(scores, 60, decay);
        Assert.True(expected.SequenceEqual(update.Order[..60]), $"seed {seed}");
        Assert.Equal(Enumerable.Range(0, texts.Length), update.Order.Order());
    }

    private static IterativeOptions Options(int count) => new() { Count = count };

    private static IterativeUpdate Update(string[] texts, double[] scores, IterativeOptions options, int[]? order = null, int? count = null) => IterativeOrder.Update(
        order ?? [.. Enumerable.Range(0, texts.Length)], count ?? texts.Length, scores, options, rows => [.. rows.Select(r => texts[r])], null, default);
}
