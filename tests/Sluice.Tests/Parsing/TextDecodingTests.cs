using System.Text;
using System.Text.Json;
using Sluice.Parsing;
using Sluice.Records;

namespace Sluice.Tests.Parsing;

public sealed class TextDecodingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryDecode_RandomText_IsWhatTheJsonReaderGives(int seed)
    {
        Random random = new(seed);
        SampleArena arena = new();
        for (int trial = 0; trial < 5000; trial++)
        {
            string inside = string.Concat(Enumerable.Range(0, random.Next(trial % 500 == 0 ? 20_000 : 30)).Select(_ => Piece(random)));
            byte[] bytes = Encoding.UTF8.GetBytes(inside);
            string? expected = Expected(bytes);

            byte[] row = [(byte)'"', .. bytes, (byte)'"'];
            bool decoded = TextDecoding.TryDecode(row, new FieldValue(JsonTokenType.String, 1, bytes.Length, bytes.Contains((byte)'\\')), arena, out Utf8Text text);

            Assert.Equal(expected is not null, decoded);
            if (decoded)
            {
                Assert.Equal(expected, text.ToString());
            }
        }
    }

    private static string? Expected(byte[] inside)
    {
        Utf8JsonReader reader = new([(byte)'"', .. inside, (byte)'"']);
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Piece(Random random) => random.Next(200) == 0
        ? new[] { "\\ud83d", "\\udE00", "\\uD83Dx" }[random.Next(3)]
        : new[] { "a", "word ", "é", "中文", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\b", "\\f", "\\r", "\\u00e9", "\\u4E2D", "\\ud83d\\ude00", "\\u0000" }[random.Next(17)];
}
