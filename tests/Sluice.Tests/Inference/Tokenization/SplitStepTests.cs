using System.Text;
using Sluice.Inference.Tokenization;
using Sluice.Inference.Tokenization.PreTokenizers;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>The written-out split patterns against the patterns themselves, on random text.</summary>
public sealed class SplitStepTests
{
    private static readonly string[] s_parts =
    [
        " ", "  ", "\n", "\r\n", "\t", "\u00A0", "'", "'s", "'S", "'re", "'LL", "'\u017F", "a", "Zürich", "你好", "1", "1234", "٣", "½", "_", "...", "(", "😀", "𝒳",
        "\u0301", "\u200D", "é", "'d", "'ve", "-", "\u3000", "\u0085",
    ];

    [Theory]
    [InlineData(Gpt2SplitStep.Pattern)]
    [InlineData(Gpt4SplitStep.SingleDigitPattern)]
    [InlineData(Gpt4SplitStep.TripleDigitPattern)]
    public void Take_RandomText_SplitsAsThePatternDoes(string pattern)
    {
        const int Seed = 77;
        Random random = new(Seed);
        Collector written = new();
        Collector matched = new();
        IPieceTaker step = pattern switch
        {
            Gpt2SplitStep.Pattern => new Gpt2SplitStep(written),
            Gpt4SplitStep.SingleDigitPattern => new Gpt4SplitStep(1, written),
            _ => new Gpt4SplitStep(3, written),
        };
        RegexSplitStep regex = new(new CodePointRegex(pattern), PieceBehavior.Isolated, inverted: false, matched);
        EncodeState state = new();
        for (int round = 0; round < 20_000; round++)
        {
            StringBuilder text = new();
            for (int i = random.Next(1, 9); i > 0; i--)
            {
                text.Append(s_parts[random.Next(s_parts.Length)]);
            }

            written.Pieces.Clear();
            matched.Pieces.Clear();
            _ = step.Take(text.ToString(), first: true, state);
            _ = regex.Take(text.ToString(), first: true, state);
            Assert.True(written.Pieces.SequenceEqual(matched.Pieces),
                $"seed {Seed}, '{text}': {string.Join('|', written.Pieces)} but the pattern gives {string.Join('|', matched.Pieces)}");
        }
    }

    private sealed class Collector : IPieceTaker
    {
        public List<string> Pieces { get; } = [];

        public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
        {
            Pieces.Add(piece.ToString());
            return true;
        }
    }
}
