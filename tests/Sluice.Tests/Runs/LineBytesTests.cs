using System.Text;
using Sluice.Runs;

namespace Sluice.Tests.Runs;

public sealed class LineBytesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("\n\nb\n\n")]
    public void Read_SmallFiles_GiveTheirLines(string text) => Assert.Equal(Expected(text), Lines(text));

    [Fact]
    public void Read_LinesOfAllLengthsAroundTheWindow_AreWhole()
    {
        string text = string.Concat(new[] { 3, (1 << 18) - 5, 1, 1 << 18, (1 << 19) + 7, 0, 12 }.Select((length, i) => new string((char)('a' + i), length) + "\n")) + "end";

        Assert.Equal(Expected(text), Lines(text));
    }

    private static string[] Lines(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["f"], text);
        return [.. LineBytes.Read(folder["f"]).Select(l => Encoding.UTF8.GetString(l.Span))];
    }

    private static string[] Expected(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
}
