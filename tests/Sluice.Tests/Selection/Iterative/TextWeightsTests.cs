using Sluice.Selection.Iterative;

namespace Sluice.Tests.Selection.Iterative;

/// <summary>TF-IDF against scikit-learn 1.2.1's own numbers, and against plain dictionaries.</summary>
public sealed class TextWeightsTests
{
    // scikit-learn: TfidfVectorizer(ngram_range=(1, 3)).fit_transform(documents).sum(axis=1)
    private static readonly string[] s_documents =
    [
        "ΟΔΥΣΣΕΥΣ ΣΟΦΟΣ, ο Σ. ΑΣ' ΒΣ΄ α.Σ", "İstanbul Iğdır ISPARTA İI", "naïve cafe\u0301 CAFÉ Straße STRASSE ẞß", "snake_case __init__ _ a_ x1 1 22 3.14 ² ½ ⅷ Ⅷ ab²",
        "人工智能 是 计算机科学 的 一个 分支。人工智能", "", "a b c d", "한국어 テキスト ｱｲｳ हिन्दी ไทย ภาษา", "don't e-mail x.y.z co\u200bop 𝐁old 𐐀𐐁 𝟙𝟚 😀😀 ok",
        "the cat the cat the cat sat", "ǅungla Ǆ ȺȾ ꙋ Ꙋ ⓐⓑ ﬁre ŉx",
    ];

    [Theory]
    [InlineData(0, "οδυσσευς σοφος ας βς")]
    [InlineData(1, "stanbul iğdır isparta")]
    [InlineData(2, "naïve cafe café straße strasse ßß")]
    [InlineData(3, "snake_case __init__ a_ x1 22 14 ab²")]
    [InlineData(4, "人工智能 计算机科学 一个 分支 人工智能")]
    [InlineData(6, "")]
    [InlineData(7, "한국어 テキスト ｱｲｳ ไทย ภาษา")]
    [InlineData(8, "don mail co op 𝐁old 𐐨𐐩 𝟙𝟚 ok")]
    [InlineData(10, "ǆungla ⱥⱦ ﬁre ŉx")]
    public void Read_AnyScript_FindsTheWordsOfScikitLearn(int document, string expected)
    {
        WordReader reader = new();
        string[] words = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        int[] found = [.. reader.Read(s_documents[document])];

        Assert.Equal(words.Select(reader.Find), found);
        Assert.DoesNotContain(-1, found);
    }

    [Fact]
    public void Build_AnyScript_GivesTheSumsOfScikitLearn()
    {
        TextWeights bare = Build(s_documents, "");
        TextWeights ended = Build(s_documents, "<|end_of_text|>");

        Assert.Equal((110, 129), (bare.Vocabulary, ended.Vocabulary));
        AssertSums([3.0, 2.4494897427831783, 3.8729833462074157, 4.242640687119286, 3.2071349029490928, 0, 0, 3.4641016151377553, 4.582575694955841, 2.7774602993176543, 3.0], bare);
        AssertSums([3.404825714777669, 2.9316532839752862, 4.19418341560007, 4.537699267358392, 3.575242823960101, 1, 1, 3.8199253538666214, 4.856992285575817, 3.0646486383096274, 3.404825714777669], ended);
    }

    [Fact]
    public void Build_PublishedExample_GivesItsVocabularyIdfAndSumsAtEachStep()
    {
        string[] texts = IterItExample.Texts[..5];
        TextWeights weights = Build(texts, IterItExample.Suffix);

        Assert.Equal(60, weights.Vocabulary);
        Assert.Equal(1, weights.WeightOf("the"), 9);
        Assert.Equal(1, weights.WeightOf("end_of_text"), 9);
        Assert.Equal(1.693147181, weights.WeightOf("cat"), 9);
        Assert.Equal(double.NaN, weights.WeightOf("dog"));
        AssertSums([4.086910847, 4.428024834, 4.179358021, 4.171958309, 4.171958309], weights);
        Assert.Equal(1.693147181, new NaiveIterIt(Ended(texts)).Idf["capital of france"], 9);
        Assert.Equal(2.098612289, new NaiveIterIt(Ended(texts)).Idf["mat end_of_text"], 9);
    }

    [Theory]
    [InlineData(0.1, 4, new[] { 3.709117, 4.091283, 3.967910, 1.917006 }, 1, new[] { .899474, -1, 3.946766, 1.893184 }, 2, new[] { .895696, -1, -1, 1.890802 }, 3, new[] { .895318, -1, -1, -1 })]
    [InlineData(0.0, 4, new[] { 3.667140, 4.053867, 3.944416, 1.666456 }, 1, new[] { .587291, -1, 3.944416, 1.666456 })]
    public void Fade_PublishedExample_LeavesTheSumsOfEachStep(double decay, params object[] steps)
    {
        TextWeights weights = Build(IterItExample.Texts[..5], IterItExample.Suffix);
        for (int step = 0; step < steps.Length; step += 2)
        {
            weights.Fade((int)steps[step], decay);
            double[] expected = (double[])steps[step + 1];
            for (int row = 0; row < expected.Length; row++)
            {
                if (expected[row] >= 0)
                {
                    Assert.Equal(expected[row], weights.Sum(row), 6);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Build_RandomTexts_GivesTheSumsOfPlainDictionaries(int threads)
    {
        Random random = new(threads);
        string[] texts = IterItExample.RandomTexts(random, 300);
        NaiveIterIt naive = new(texts);
        TextWeights weights = Build(texts, "", threads);

        Assert.Equal(naive.Idf.Count, weights.Vocabulary);
        AssertSums(naive.Sums(), weights);
        foreach (int taken in (ReadOnlySpan<int>)[5, 17, 200])
        {
            naive.Take(taken, 0.25);
            weights.Fade(taken, 0.25);
            double[] expected = naive.Sums();
            for (int row = 0; row < texts.Length; row++)
            {
                // What a chosen document alone holds is not faded: nothing reads its sum again.
                if (row is not (5 or 17 or 200))
                {
                    Assert.Equal(expected[row], weights.Sum(row), 9);
                }
            }
        }
    }

    [Fact]
    public void Build_SeveralBlocks_AreOneCollection()
    {
        string[] texts = IterItExample.RandomTexts(new Random(3), TextWeightsBuilder.BlockDocuments + 100);
        TextWeightsBuilder builder = new(2);
        builder.Add(texts[..TextWeightsBuilder.BlockDocuments]);
        builder.Add(texts[TextWeightsBuilder.BlockDocuments..]);
        TextWeights weights = builder.Build(default);
        NaiveIterIt naive = new(texts);

        AssertSums(naive.Sums(), weights);
        Assert.Equal(naive.Idf.Count, weights.Vocabulary);
    }

    [Theory]
    [InlineData(0.998, 0.99609375)]
    [InlineData(0.9985, 1.0)]
    [InlineData(0.90, 0.8984375)]
    [InlineData(0.95, 0.94921875)]
    [InlineData(1.00390625, 1.0)]
    [InlineData(1.01171875, 1.015625)]
    [InlineData(1e39, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Round_Number_IsTheNearestBrainFloatTiesToEven(double value, double expected) => Assert.Equal(expected, BrainFloat.Round(value));

    private static TextWeights Build(string[] texts, string suffix, int threads = 2)
    {
        TextWeightsBuilder builder = new(threads);
        builder.Add([.. texts.Select(t => t + suffix)]);
        return builder.Build(default);
    }

    private static string[] Ended(string[] texts) => [.. texts.Select(t => t + IterItExample.Suffix)];

    private static void AssertSums(double[] expected, TextWeights weights)
    {
        Assert.Equal(expected.Length, weights.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], weights.Sum(i), 9);
        }
    }
}
