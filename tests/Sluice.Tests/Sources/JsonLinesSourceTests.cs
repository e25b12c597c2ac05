using System.Text;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Sources.JsonLines;

namespace Sluice.Tests.Sources;

public sealed class JsonLinesSourceTests
{
    private static readonly JsonLinesSource s_source = new(new SourceLimits(), new PrefixedDecoder());

    public static TheoryData<string, string[]> Texts => new()
    {
        { "", [] },
        { "\n \r\n\t\n", [] },
        { "{\"a\":1}\n{\"a\":2}\n", ["1@0 {\"a\":1} ", "2@8 {\"a\":2} "] },
        { "{\"a\":1}\n{\"a\":2}", ["1@0 {\"a\":1} ", "2@8 {\"a\":2} "] },
        { "{\"a\":1}\r\n{\"a\":2}\r\n", ["1@0 {\"a\":1} ", "2@9 {\"a\":2} "] },
        { "\uFEFF{\"a\":1}\n{\"a\":2}\n", ["1@3 {\"a\":1} ", "2@11 {\"a\":2} "] },
        { "\uFEFF\n{\"a\":1}\n", ["2@4 {\"a\":1} "] },
        { "\n\n  {\"a\":1}  \n \n{\"b\":2}\n", ["3@4 {\"a\":1} ", "5@16 {\"b\":2} "] },
        { "a\0b\n\0\n", ["1@0 a\0b ", "2@4 \0 "] },
        { "\rx\ry\r\n", ["1@1 x\ry "] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task ReadAsync_Text_GivesLines(string text, string[] expected)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        await File.WriteAllBytesAsync(folder["a.jsonl"], bytes);

        List<RawRow> rows = await SourceFixture.RowsAsync(s_source, SourceFixture.File(folder["a.jsonl"], SourceFormat.JsonLines));

        Assert.Equal(expected, rows.Select(SourceFixture.Show));
        for (int part = 1; part <= bytes.Length; part++)
        {
            foreach (bool inBlocks in new[] { false, true })
            {
                List<RawChunk> chunks = SourceFixture.Frame(made => new LineFramer(made, default, 1 << 20), bytes, part, inBlocks: inBlocks);
                Assert.Equal(expected, chunks.SelectMany(chunk => chunk.Rows).Select(SourceFixture.Show));
            }
        }
    }

    [Theory]
    [InlineData(Compression.None)]
    [InlineData(Compression.GZip)]
    [InlineData(Compression.Zstandard)]
    public async Task ReadAsync_FromEveryChunkEnd_GivesTheSameRest(Compression compression)
    {
        using TemporaryFolder folder = new();
        Random random = new(7);
        string text = string.Concat(Enumerable.Range(0, 500).Select(i => random.Next(6) == 0 ? " \r\n" : $"{{\"i\":{i},\"t\":\"{new string('é', random.Next(60))}\"}}\n"));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] stored = compression switch
        {
            Compression.GZip => SourceFixture.GZip(bytes[..5000], bytes[5000..5001], bytes[5001..]),
            Compression.Zstandard => PrefixedDecoder.Encode(bytes),
            _ => bytes,
        };
        await File.WriteAllBytesAsync(folder["a"], stored);
        SourceFile file = SourceFixture.File(folder["a"], SourceFormat.JsonLines, compression);

        List<RawChunk> chunks = await SourceFixture.ChunksAsync(s_source, file, rows: 37);

        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(37, chunk.Rows.Count));
        Assert.Equal(text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0), chunks.SelectMany(chunk => chunk.Rows).Select(SourceFixture.Text));
        for (int i = 0; i < chunks.Count - 1; i++)
        {
            List<RawChunk> rest = await SourceFixture.ChunksAsync(s_source, file, chunks[i].Next, rows: 37);
            Assert.Equal(chunks.Skip(i + 1).Select(Describe), rest.Select(Describe));
        }
    }

    [Fact]
    public async Task ReadAsync_BytesPerChunk_EndsAChunkAtTheRowThatReachesThem()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["a.jsonl"], "1234\n12345\n\n123456789012\n1\n");

        List<RawChunk> chunks = await SourceFixture.ChunksAsync(s_source, SourceFixture.File(folder["a.jsonl"], SourceFormat.JsonLines), bytes: 9);

        Assert.Equal([2, 1, 1], chunks.Select(chunk => chunk.Rows.Count));
        Assert.Equal([new(11, 2), new(25, 4), new(27, 5)], chunks.Select(chunk => chunk.Next));
    }

    [Fact]
    public async Task ReadAsync_RowsAreAMultipleOfTheChunk_LastChunkIsFullAndSaysItIsTheLast()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["a.jsonl"], "1\n2\n3\n4\n\n");

        List<RawChunk> chunks = await SourceFixture.ChunksAsync(s_source, SourceFixture.File(folder["a.jsonl"], SourceFormat.JsonLines), rows: 2);

        Assert.Equal([2, 2], chunks.Select(chunk => chunk.Rows.Count));
    }

    [Fact]
    public async Task ReadAsync_LineOverTheLimit_IsOneFaultAndTheNextIsRead()
    {
        using TemporaryFolder folder = new();
        await using (FileStream file = File.Create(folder["a.jsonl"]))
        {
            byte[] part = Encoding.UTF8.GetBytes(new string('x', 1_000_000));
            await file.WriteAsync("{\"a\":1}\n{\"long\":\""u8.ToArray());
            for (int i = 0; i < 20; i++)
            {
                await file.WriteAsync(part);
            }

            await file.WriteAsync("\"}\r\n{\"a\":3}"u8.ToArray());
        }

        List<RawRow> rows = await SourceFixture.RowsAsync(s_source, SourceFixture.File(folder["a.jsonl"], SourceFormat.JsonLines));

        Assert.Equal(["{\"a\":1}", "{\"a\":3}"], rows.Where(row => row.Fault is null).Select(SourceFixture.Text));
        Assert.Equal(4096, rows[1].Bytes.Length);
        Assert.StartsWith("Found a row of 20,000,012 bytes, expected at most 16,777,216 (Limits:MaxRowBytes)", rows[1].Fault, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], rows.Select(row => row.Origin.Number));
    }

    [Fact]
    public void Push_LineOf200Megabytes_HoldsLittleMemory()
    {
        ChunkBuilder chunks = new(0, 10, 1000);
        LineFramer framer = new(chunks, default, 16 << 20);
        byte[] part = new byte[1_000_000];
        part.AsSpan().Fill((byte)'x');
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            framer.Push(part, block: null);
        }

        framer.Push("\n{}"u8.ToArray(), block: null);
        framer.Finish();

        // Growing up to the limit costs a small multiple of it; holding the line would cost over 200 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 80_000_000);
        Assert.True(chunks.TryTake(out RawChunk? first) && first.Rows[0].Bytes.Length == 4096 && first.Rows[0].Fault!.Contains("200,000,000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1000)]
    [InlineData(30000)]
    public async Task ReadAsync_GZipCutShort_GivesTheRowsBeforeAndOneFault(int missing)
    {
        byte[] bytes = Lines(9, 3000);
        byte[] whole = SourceFixture.GZip(bytes[..1000], bytes[1000..]);

        await AssertDamagedAsync(whole[..^missing], bytes, Compression.GZip, "gzip data cut short");
    }

    [Fact]
    public async Task ReadAsync_GZipWithAFlippedByte_GivesTheRowsBeforeAndOneFault()
    {
        byte[] bytes = Lines(10, 3000);
        byte[] stored = SourceFixture.GZip(bytes);
        Random random = new(11);
        for (int trial = 0; trial < 12; trial++)
        {
            byte[] flipped = [.. stored];
            int place = random.Next(10, stored.Length);
            flipped[place] ^= (byte)(1 << random.Next(8));
            List<RawRow> rows = await AssertDamagedAsync(flipped, null, Compression.GZip, "gzip data");
            string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');

            // A flip may give some wrong bytes before it is noticed, but what precedes it by a window is right.
            int sound = rows.TakeWhile((row, i) => row.Fault is null && row.Text() == lines[i]).Count();
            Assert.True(sound >= (int)(3000.0 * (place - 300) / stored.Length * 0.8), $"flip at {place} of {stored.Length}: {sound} sound rows");
        }
    }

    [Fact]
    public async Task ReadAsync_ZstandardCutShort_GivesTheRowsBeforeAndOneFault()
    {
        byte[] bytes = Lines(12, 200);

        await AssertDamagedAsync(PrefixedDecoder.Encode(bytes[..5000], cut: true), bytes, Compression.Zstandard, "Zstandard data cut short");
    }

    [Fact]
    public async Task ReadAsync_GZipWithOtherBytesBehind_GivesAllRowsAndOneFault()
    {
        byte[] bytes = Lines(13, 10);
        List<RawRow> rows = await AssertDamagedAsync([.. SourceFixture.GZip(bytes), 1, 2, 3, 4], null, Compression.GZip, "other bytes follow the last gzip member");

        Assert.Equal(11, rows.Count);
    }

    [Fact]
    public async Task ReadAsync_EmptyGZip_GivesNoRow()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllBytesAsync(folder["a.gz"], SourceFixture.GZip([[]]));

        Assert.Empty(await SourceFixture.RowsAsync(s_source, SourceFixture.File(folder["a.gz"], SourceFormat.JsonLines, Compression.GZip)));
    }

    [Theory]
    [InlineData(Compression.None)]
    [InlineData(Compression.GZip)]
    public async Task ReadAsync_FileHasShrunk_Throws(Compression compression)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = Lines(14, 3);
        await File.WriteAllBytesAsync(folder["a"], compression == Compression.GZip ? SourceFixture.GZip(bytes) : bytes);

        IOException error = await Assert.ThrowsAsync<IOException>(() =>
            SourceFixture.RowsAsync(s_source, SourceFixture.File(folder["a"], SourceFormat.JsonLines, compression), new SourcePosition(bytes.Length + 1, 3)));

        Assert.Contains("the file has changed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NoFile_ThrowsIoException()
    {
        await Assert.ThrowsAnyAsync<IOException>(() => SourceFixture.RowsAsync(s_source, SourceFixture.File("/nowhere/a.jsonl", SourceFormat.JsonLines)));
    }

    [Fact]
    public async Task ReadAsync_Cancelled_CarriesTheCallersToken()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllBytesAsync(folder["a.jsonl"], Lines(15, 3));
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RawChunk _ in s_source.ReadAsync(SourceFixture.File(folder["a.jsonl"], SourceFormat.JsonLines), default, 10, 1000, cancelled.Token))
            {
            }
        });

        Assert.Equal(cancelled.Token, error.CancellationToken);
    }

    private static byte[] Lines(int seed, int count)
    {
        Random random = new(seed);
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"i\":{i},\"t\":\"{random.NextInt64()}{random.NextInt64()}\"}}\n")));
    }

    private static async Task<List<RawRow>> AssertDamagedAsync(byte[] stored, byte[]? plain, Compression compression, string fault)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllBytesAsync(folder["a"], stored);
        SourceFile file = SourceFixture.File(folder["a"], SourceFormat.JsonLines, compression);
        List<RawChunk> chunks = await SourceFixture.ChunksAsync(s_source, file, rows: 100);
        List<RawRow> rows = [.. chunks.SelectMany(chunk => chunk.Rows)];

        Assert.Contains(fault, rows[^1].Fault, StringComparison.Ordinal);
        Assert.All(rows.SkipLast(1), row => Assert.Null(row.Fault));
        if (plain is not null)
        {
            // Every byte before the damage is there: whole rows, and the open one in the fault.
            byte[] read = [.. rows.SelectMany((row, i) => i < rows.Count - 1 ? [.. row.Bytes.Span, (byte)'\n'] : row.Bytes.ToArray())];
            Assert.Equal(plain[..read.Length], read);
            Assert.True(read.Length >= 0.9 * plain.Length * stored.Length / SourceFixture.GZip(plain).Length || compression != Compression.GZip);
        }

        List<RawChunk> rest = await SourceFixture.ChunksAsync(s_source, file, chunks[0].End ? default : chunks[0].Next, rows: 100);
        Assert.Equal((chunks[0].End ? chunks : chunks.Skip(1)).Select(Describe), rest.Select(Describe));
        return rows;
    }

    private static string Describe(RawChunk chunk) => $"{chunk.Next} {chunk.End} {string.Join('|', chunk.Rows.Select(SourceFixture.Show))}";
}
