using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Tests.Dedup;

public sealed class ShinglerTests
{
    [Theory]
    [InlineData("one two three four five six", 2)]
    [InlineData("one two three four five", 1)]
    [InlineData("one, two!", 1)]
    [InlineData("", 0)]
    [InlineData("?!... --", 0)]
    [InlineData("我们今天学习", 2)]
    [InlineData("我们 learn 今天x学", 3)]
    [InlineData("a b a b a b a b", 2)]
    [InlineData("don't", 1)]
    [InlineData("हिन्दी में लिखो आज कल", 1)]
    public void Shingles_Text_HasAsManyDistinct(string text, int expected) => Assert.Equal(expected, Of(text, "").Length);

    [Fact]
    public void Shingles_CaseMarksAndBlanks_DoNotMatter() => Assert.Equal(Of("One two, THREE four\nfive six", "Seven"), Of("one  two three; four five (six)", "seven."));

    [Fact]
    public void Shingles_FewerWords_DifferByTheirWords()
    {
        ulong[][] sets = [Of("a", ""), Of("a b", ""), Of("b a", ""), Of("ab", ""), Of("a b c d", ""), Of("中", "")];
        Assert.All(sets, set => Assert.Single(set));
        Assert.Equal(sets.Length, sets.Select(set => set[0]).Distinct().Count());
    }

    [Fact]
    public void Shingles_AcrossTurns_GoOn() => Assert.Equal(Of("one two three", "four five six"), Of("one", "two three four five six"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    public void Shingles_RandomWords_EqualSetOfWordTuples(int width)
    {
        const int seed = 11;
        Random random = new(seed);
        string[] vocabulary = ["red", "green", "blue", "7", "wolf", "中", "été", "a1"];
        for (int round = 0; round < 200; round++)
        {
            string[][] words = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, random.Next(1, 60)).Select(_ => vocabulary[random.Next(vocabulary.Length)]).ToArray())];
            ulong[][] sets = [.. words.Select(list => Shingler.Shingles(PoolRows.Conversation(string.Join(", ", list), ""), width))];
            HashSet<string>[] tuples = [.. words.Select(list => Tuples(list, width))];
            Assert.Equal(tuples.Select(set => set.Count), sets.Select(set => set.Length));
            Assert.Equal(sets[0].Order(), sets[0]);
            double expected = tuples[0].Intersect(tuples[1]).Count() / (double)tuples[0].Union(tuples[1]).Count();
            Assert.Equal(expected, JaccardIndex.Compute(sets[0], sets[1]));
            double bounded = JaccardIndex.AtLeast(sets[0], sets[1], 0.3);
            Assert.True(expected >= 0.3 ? bounded == expected : bounded < 0.3, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Compute_Fingerprint_EqualsItsParts()
    {
        Turn[] turns = [new(Role.System, "Be brief.".AsText()), .. PoolRows.Conversation("What is Ａ 中文 rope made of?", "Hemp, mostly; today nylon.")];
        Assert.Equal(ContentHash.Compute(turns), ContentFingerprint.Compute(turns, 5, out ulong[] shingles));
        Assert.Equal(Shingler.Shingles(turns, 5), shingles);
    }

    private static HashSet<string> Tuples(string[] words, int width)
    {
        width = Math.Min(width, words.Length);
        return [.. Enumerable.Range(0, words.Length - width + 1).Select(at => string.Join(' ', words.Skip(at).Take(width)))];
    }

    private static ulong[] Of(string user, string assistant) => Shingler.Shingles(PoolRows.Conversation(user, assistant), 5);
}
