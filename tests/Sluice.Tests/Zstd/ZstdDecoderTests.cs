using System.Text;
using Sluice.Zstd;

namespace Sluice.Tests.Zstd;

public sealed class ZstdDecoderTests
{
    private readonly ZstdDecoder _decoder = new("");

    [Theory]
    [InlineData(1)]
    [InlineData(131072)]
    [InlineData(10_000_000)]
    public void Decode_OneFrame_GivesTheBytesBack(int length)
    {
        byte[] bytes = Sample(length, seed: 1);
        Assert.Equal(bytes, ReadAll(_decoder.Decode(new MemoryStream(Frame(bytes)))));
    }

    [Fact]
    public void Decode_ReadsOfEverySize_GiveTheSameBytes()
    {
        byte[] bytes = Sample(300_000, seed: 2);
        byte[] frame = Frame(bytes);
        foreach (int size in new[] { 1, 7, 4096, 1 << 20 })
        {
            using Stream stream = _decoder.Decode(new TrickleStream(frame, most: size));
            using MemoryStream result = new();
            byte[] buffer = new byte[size];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                result.Write(buffer, 0, read);
            }

            Assert.Equal(bytes, result.ToArray());
        }
    }

    [Fact]
    public async Task Decode_ReadAsync_GivesTheSameBytes()
    {
        byte[] bytes = Sample(1_000_000, seed: 3);
        await using Stream stream = _decoder.Decode(new TrickleStream(Frame(bytes), most: 1000));
        using MemoryStream result = new();
        await stream.CopyToAsync(result);
        Assert.Equal(bytes, result.ToArray());
    }

    [Fact]
    public void Decode_SeveralFrames_GivesAllOneAfterTheOther()
    {
        byte[] first = Sample(200_000, seed: 4);
        byte[] second = Sample(1, seed: 5);
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[] file = [.. Frame(first), .. Frame([]), .. skippable, .. Frame(second)];
        Assert.Equal([.. first, .. second], ReadAll(_decoder.Decode(new MemoryStream(file))));
    }

    [Fact]
    public void Decode_EmptyFrame_GivesNothing() => Assert.Empty(ReadAll(_decoder.Decode(new MemoryStream(Frame([])))));

    [Fact]
    public void Decode_NoBytesAtAll_IsCutShort() =>
        Assert.Contains("cut short", Assert.Throws<InvalidDataException>(() => ReadAll(_decoder.Decode(new MemoryStream([])))).Message, StringComparison.Ordinal);

    [Fact]
    public void Decode_EndMissing_GivesWhatIsThereThenSaysCutShort()
    {
        byte[] bytes = Sample(400_000, seed: 6);
        byte[] frame = Frame(bytes);
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            int length = round < 20 ? round : frame.Length - 1 - random.Next(frame.Length - 1);
            using MemoryStream result = new();
            using Stream stream = _decoder.Decode(new MemoryStream(frame[..length]));
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => stream.CopyTo(result));
            Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
            Assert.Contains($"after {length} compressed bytes", error.Message, StringComparison.Ordinal);
            Assert.True(bytes.AsSpan().StartsWith(result.ToArray()), $"cut at {length}");
        }
    }

    [Fact]
    public void Decode_SecondFrameCut_GivesTheFirstThenSaysCutShort()
    {
        byte[] first = Sample(1000, seed: 8);
        byte[] file = [.. Frame(first), .. Frame(Sample(1000, seed: 9))[..3]];
        using MemoryStream result = new();
        using Stream stream = _decoder.Decode(new MemoryStream(file));
        Assert.Contains("cut short", Assert.Throws<InvalidDataException>(() => stream.CopyTo(result)).Message, StringComparison.Ordinal);
        Assert.Equal(first, result.ToArray());
    }

    [Fact]
    public void Decode_FlippedByte_ThrowsAndNeverGivesWrongBytesAsSound()
    {
        byte[] bytes = Sample(400_000, seed: 10);
        byte[] frame = Frame(bytes);
        Random random = new(11);
        for (int round = 0; round < 200; round++)
        {
            byte[] broken = [.. frame];
            int at = random.Next(broken.Length);
            broken[at] ^= (byte)(1 + random.Next(255));
            try
            {
                // A bit of the header that no reader uses may change nothing.
                Assert.Equal(bytes, ReadAll(_decoder.Decode(new MemoryStream(broken))));
                Assert.True(at < 18, $"byte {at}");
            }
            catch (InvalidDataException error)
            {
                Assert.True(error.Message.Contains("corrupt", StringComparison.Ordinal) || error.Message.Contains("cut short", StringComparison.Ordinal), error.Message);
            }
        }
    }

    [Fact]
    public void Decode_NotZstandard_SaysSo() => Assert.Contains(
        "Unknown frame descriptor",
        Assert.Throws<InvalidDataException>(() => ReadAll(_decoder.Decode(new MemoryStream(Encoding.UTF8.GetBytes("""{"instruction": "x"}"""))))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Dispose_DisposesTheCompressedStreamAndEndsReading()
    {
        MemoryStream compressed = new(Frame(Sample(10, seed: 12)));
        Stream stream = _decoder.Decode(compressed);
        stream.Dispose();
        Assert.False(compressed.CanRead);
        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
    }

    [Fact]
    public void Decode_LibraryMissing_NamesItAndTheRemedy()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => new ZstdDecoder("/nowhere/libzstd.so.1").Decode(new MemoryStream()));
        Assert.Contains("/nowhere/libzstd.so.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("libzstd1", error.Message, StringComparison.Ordinal);
    }

    // Words, so that it compresses into many blocks of sequences, with stretches of noise that do not.
    private static byte[] Sample(int length, int seed)
    {
        Random random = new(seed);
        byte[] bytes = new byte[length];
        for (int at = 0; at < length;)
        {
            byte[] word = random.Next(50) == 0 ? new byte[100] : Encoding.UTF8.GetBytes($"{random.Next(300)} wörter ");
            if (word.Length == 100)
            {
                random.NextBytes(word);
            }

            int count = Math.Min(word.Length, length - at);
            word.AsSpan(0, count).CopyTo(bytes.AsSpan(at));
            at += count;
        }

        return bytes;
    }

    private static byte[] Frame(byte[] bytes)
    {
        using MemoryStream result = new();
        using (Stream encoder = new ZstdEncoder("").Encode(result, level: 3))
        {
            encoder.Write(bytes);
        }

        return result.ToArray();
    }

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            using MemoryStream result = new();
            stream.CopyTo(result);
            return result.ToArray();
        }
    }
}
