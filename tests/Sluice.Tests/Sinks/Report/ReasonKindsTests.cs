using System.Text;
using Sluice.Sinks.Report;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Tests.Sinks.Report;

public sealed class ReasonKindsTests
{
    private static readonly string[] s_parts = ["quality ", "-", "1", "0.25", "1e-7", "3E+5", ",", ".", "e", "x2", "_", " is not above ", "gpt-4", "é", "12", " "];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Add_RandomReasons_GivesTheKindsOfThePlainCount(int seed)
    {
        Random random = new(seed);
        ReasonKinds kinds = new();
        PlainReasons plain = new();
        for (int i = 0; i < 450; i++)
        {
            string reason = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => s_parts[random.Next(s_parts.Length)]));
            kinds.Add(reason);
            plain.Add(reason);
        }

        Assert.Equal(plain.Most(), kinds.Most(450).Kinds);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Clean_RandomCharacters_IsThePlainReplacement(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => random.Next(6) switch
            {
                0 => "😀",
                1 => ((char)random.Next(0xD7F0, 0xE010)).ToString(),
                2 => ((char)random.Next(0, 0xA5)).ToString(),
                3 => ((char)random.Next(0xFFFC, 0x10000)).ToString(),
                _ => "plain ",
            }));

            Assert.Equal(Plain(text), SafeText.Clean(text));
        }
    }

    // Half a surrogate pair becomes the replacement by itself when runes are read.
    private static string Plain(string text)
    {
        StringBuilder clean = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool forbidden = (rune.Value < ' ' && rune.Value is not ('\t' or '\n' or '\r')) || rune.Value is (>= 0x7F and <= 0x9F) or 0xFFFE or 0xFFFF;
            clean.Append(forbidden ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }
}
