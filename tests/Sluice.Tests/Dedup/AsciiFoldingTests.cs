using System.Text;
using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class AsciiFoldingTests
{
    [Fact]
    public void Fold_RandomTexts_EqualsSplittingAtBlanks()
    {
        const int seed = 20261127;
        Random random = new(seed);
        for (int round = 0; round < 5000; round++)
        {
            // Blanks in runs of their own now and then, so that both ways through a block are taken.
            int blanks = random.Next(2, 40);
            byte[] text = [.. Enumerable.Range(0, random.Next(0, 200)).Select(_ => (byte)(random.Next(blanks) == 0 ? " \t\n\r\v\f"[random.Next(6)] : random.Next(128)))];
            string expected = string.Join(' ', Encoding.ASCII.GetString(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
            byte[] target = new byte[text.Length + ByteBuffer.Slack];
            Assert.True(expected == Encoding.ASCII.GetString(target, 0, AsciiFolding.Fold(text, target)), $"seed {seed}, round {round}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("                                                                ")]
    public void Fold_OnlyBlanks_LeavesNothing(string text) => Assert.Equal(0, AsciiFolding.Fold(Encoding.ASCII.GetBytes(text), new byte[text.Length + ByteBuffer.Slack]));
}
