using System.Text;
using System.Text.Unicode;
using Sluice.Parsing.Json;

namespace Sluice.Tests.Parsing;

/// <summary>The check of UTF-8 beside the runtime's own.</summary>
public sealed class Utf8CheckTests
{
    [Theory]
    [InlineData(50, new[] { 0, 1, 13, 14, 15, 16, 17, 29, 30, 31, 32, 33, 34, 44, 45, 46 })]
    [InlineData(67, new[] { 0, 1, 2, 3, 4, 47, 60, 61, 62, 63 })]
    [InlineData(200, new[] { 0, 3, 60, 61, 62, 63, 64, 65, 124, 125, 126, 127, 128, 133, 134, 135, 136, 137, 194, 195, 196 })]
    public void IsValid_TellingBytesAtEveryPlace_IsWhatTheRuntimeSays(int length, int[] places)
    {
        // 1,088 leads and continuations that matter, behind each other, around the borders of vectors and the end.
        byte[] telling = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF];
        byte[] bytes = [.. Enumerable.Repeat((byte)'x', length)];
        foreach (int place in places)
        {
            foreach (byte first in telling)
            {
                foreach (byte second in telling)
                {
                    foreach (byte third in telling)
                    {
                        foreach (byte fourth in (byte[])[0x78, 0x80, 0xBF, 0xC2])
                        {
                            (bytes[place], bytes[place + 1], bytes[place + 2], bytes[place + 3]) = (first, second, third, fourth);
                            if (Utf8.IsValid(bytes) != Utf8Check.IsValid(bytes))
                            {
                                Assert.Fail($"{Convert.ToHexString(bytes)}: found {Utf8Check.IsValid(bytes)}, expected {Utf8.IsValid(bytes)}");
                            }
                        }
                    }
                }
            }

            bytes.AsSpan(place, 4).Fill((byte)'x');
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void IsValid_TextOfEveryLengthWithAFlippedByte_IsWhatTheRuntimeSays(int seed)
    {
        Random random = new(seed);
        int sound = 0;
        for (int trial = 0; trial < 50_000; trial++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => new[] { "a", "words ", "é", "中", "，", "😀", "\u07FF", "\u0800", "\uD7FF", "\uE000" }[random.Next(10)])));
            if (bytes.Length > 0 && random.Next(3) > 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bytes = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
            bool expected = Utf8.IsValid(bytes);
            sound += expected ? 1 : 0;
            Assert.True(expected == Utf8Check.IsValid(bytes), Convert.ToHexString(bytes));
        }

        Assert.InRange(sound, 10_000, 45_000);
    }
}
