using System.Text;
using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Tests.Dedup;

public sealed class ContentHashTests
{
    [Theory]
    [InlineData("Hello,  World", "hello, world")]
    [InlineData("  a\tb\r\nc  ", "A B C")]
    [InlineData("ｆｕｌｌ　ｗｉｄｔｈ １２", "full width 12")]
    [InlineData("ﬁne café", "FINE CAFE\u0301")]
    [InlineData("a\u00A0\u2003b", "a b")]
    [InlineData("ΣΟΦΌΣ Ж", "σοφόσ ж")]
    [InlineData("\uFDFA\uFDFA\uFDFA\uFDFA", "صلى الله عليه وسلمصلى الله عليه وسلمصلى الله عليه وسلمصلى الله عليه وسلم")]
    public void Compute_SameAfterNormalising_SameHash(string one, string other)
    {
        Assert.Equal(Hash(one, "x"), Hash(other, "X "));
        Assert.NotEqual(Hash(one, "x"), Hash(other + "x", "X "));
    }

    [Fact]
    public void Compute_LoneSurrogates_CountAsReplacementCharacter()
    {
        Assert.Equal(Hash("x\uFFFDy\uFFFD", ""), Hash("x\uD800y\uDC00", ""));
        Assert.Equal(Hash("\uFFFD𝔘\uFFFD", ""), Hash("\uD835𝔘\uD835", ""));
    }

    [Fact]
    public void Compute_OtherBoundariesOrRoles_OtherHash()
    {
        HashSet<UInt128> hashes =
        [
            Hash("ab", "c"), Hash("a", "bc"), Hash("abc", ""), Hash("", "abc"), Hash("a b", "c"), Hash("a, b", "c"),
            ContentHash.Compute([new Turn(Role.System, "ab".AsText()), new Turn(Role.Assistant, "c".AsText())]),
            ContentHash.Compute([new Turn(Role.User, "ab".AsText())]),
            ContentHash.Compute([new Turn(Role.User, "ab".AsText()), new Turn(Role.Tool, "c".AsText())]),
            ContentHash.Compute([]),
        ];
        Assert.Equal(10, hashes.Count);
    }

    [Fact]
    public void Compute_RandomTexts_EqualsSlowNormalisation()
    {
        const int seed = 20261121;
        Random random = new(seed);
        string[] parts = ["Ab", " ", "\n\n", "É", "e\u0301", "中文", "①", "x", "\u3000", "𝔘", "ß", "ﬃ", "9", "한", "\t", "Ω"];
        Dictionary<string, UInt128> seen = [];
        for (int round = 0; round < 3000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => parts[random.Next(parts.Length)]));
            string slow = string.Join(' ', text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            UInt128 hash = Hash(text, "");
            Assert.True(seen.TryAdd(slow, hash) || seen[slow] == hash, $"seed {seed}: '{text}'");
        }

        Assert.Equal(seen.Count, seen.Values.Distinct().Count());
    }

    [Fact]
    public void Compute_AsciiRow_AllocatesNothing()
    {
        Turn[] turns = PoolRows.Conversation(string.Concat(Enumerable.Repeat("Some Ordinary text, ", 40)), "An answer.");
        for (int i = 0; i < 50; i++)
        {
            ContentHash.Compute(turns);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            ContentHash.Compute(turns);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 8);
    }

    [SharedFact("data/pool/alpaca_data.json.gz")]
    public void Compute_Alpaca_NoRepeats() => Assert.Equal(0, Repeats("alpaca_data.json.gz", out int rows) + (52_002 - rows));

    [SharedFact("data/pool/alpaca_zh.jsonl.gz")]
    public void Compute_AlpacaChinese_FindsEveryRepeat() => Assert.InRange(Repeats("alpaca_zh.jsonl.gz", out _), 1160, 1165);

    [SharedFact("data/pool/t0_p3.jsonl.gz")]
    public void Compute_T0_FindsEveryRepeat() => Assert.InRange(Repeats("t0_p3.jsonl.gz", out _), 287, 295);

    private static int Repeats(string file, out int count)
    {
        using TemporaryFolder folder = new();
        using ExactIndex index = new(folder["hashes"], BandIndexTests.Small);
        List<Turn[]> rows = PoolRows.Read(file, int.MaxValue);
        count = rows.Count;
        return rows.Where((turns, row) => index.FindOrAdd(ContentHash.Compute(turns), row) >= 0).Count();
    }

    private static UInt128 Hash(string user, string assistant) => ContentHash.Compute(PoolRows.Conversation(user, assistant));
}
