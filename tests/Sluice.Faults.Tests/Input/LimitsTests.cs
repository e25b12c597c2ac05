using System.Text;
using Sluice.Sources;

namespace Sluice.Faults.Tests.Input;

/// <summary>Every option of the section Limits, through the reader of a run, with the words that the user gets.</summary>
public sealed class LimitsTests : IDisposable
{
    private const string Good = """{"instruction":"a","output":"b"}""";
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.jsonl", "{0}\n{1}\n{0}\n")]
    [InlineData("a.json", "[{0},\n{1},\n{0}]")]
    public async Task MaxRowBytes_LongerRow_IsRefusedAndItsNeighboursAreRead(string name, string frame)
    {
        string row = $$"""{"instruction":"{{new string('x', 5000)}}","output":"b"}""";
        using InputReading reading = new(new SourceLimits { MaxRowBytes = 4999 });

        List<Fate> fates = await reading.ReadAsync(_scratch.Write(name, Encoding.UTF8.GetBytes(frame.Replace("{0}", Good, StringComparison.Ordinal).Replace("{1}", row, StringComparison.Ordinal))));

        Assert.Equal(["User:a|Assistant:b", "", "User:a|Assistant:b"], fates.Select(fate => fate.Turns));
        Assert.Matches(@"^Found a row of 5,0\d\d bytes, expected at most 4,999 \(Limits:MaxRowBytes\); its first 4,096 bytes are kept\.$", fates[1].Reason);
        Assert.Equal(row[..4096], Encoding.UTF8.GetString(fates[1].Row.Bytes.Span));
    }

    [Fact]
    public async Task MaxRowBytes_LongerParquetRow_IsRefusedAndItsNeighboursAreRead()
    {
        using ParquetFiles parquet = new();
        parquet.Write(_scratch["a.parquet"], "SELECT repeat('x', CASE i WHEN 1 THEN 5000 ELSE 3 END) AS instruction, 'b' AS output FROM range(3) t(i) ORDER BY i");
        using InputReading reading = new(new SourceLimits { MaxRowBytes = 4999 });

        List<Fate> fates = await reading.ReadAsync(_scratch["a.parquet"]);

        Assert.Equal(["User:xxx|Assistant:b", "", "User:xxx|Assistant:b"], fates.Select(fate => fate.Turns));
        Assert.StartsWith("Found a row of 5,0", fates[1].Reason, StringComparison.Ordinal);
        Assert.Equal(4096, fates[1].Row.Bytes.Length);
    }

    [Fact]
    public async Task MaxDepth_DeeperRow_IsRefused() => Assert.Equal(
        "Found values nested more than 8 deep, expected at most that (Limits:MaxDepth).",
        await RefusedAsync(new SourceLimits { MaxDepth = 8 }, $$"""{"a":{{new string('[', 5000)}}{{new string(']', 5000)}},"instruction":"a","output":"b"}"""));

    [Fact]
    public async Task MaxTurns_MoreTurns_IsRefused() => Assert.Equal(
        "Found more than 1 turns, expected at most that many (Limits:MaxTurns).",
        await RefusedAsync(new SourceLimits { MaxTurns = 1 }, """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}"""));

    [Theory]
    [InlineData("""{"instruction":"12345678901","output":"b"}""", "11 characters in turn 1 (user)")]
    [InlineData("""{"instruction":"12345","input":"67890","output":"b"}""", "11 characters in turn 1 (user)")]
    [InlineData("""{"instruction":"a","output":"ééééééééééé","system":"s"}""", "11 characters in turn 3 (assistant)")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"123456789012"}]},{"role":"assistant","content":"a"}]}""", "12 characters in turn 1 (user)")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"a":"1234"}]}]}""", "14 characters in turn 2 (assistant)")]
    public async Task MaxTextLength_LongerText_IsRefused(string row, string found) => Assert.Equal(
        $"Found a text of {found}, expected at most 10 (Limits:MaxTextLength).", await RefusedAsync(new SourceLimits { MaxTextLength = 10 }, row));

    [Fact]
    public async Task MaxTextLength_JustAsLong_IsTaken()
    {
        using InputReading reading = new(new SourceLimits { MaxTextLength = 10 });

        List<Fate> fates = await reading.ReadAsync(_scratch.Write("a.jsonl", """{"instruction":"\u00e9\n34567890","output":"éééééééééé"}"""u8.ToArray()));

        Assert.NotNull(Assert.Single(fates).Sample);
    }

    [Fact]
    public void MaxFiles_MoreFiles_EndsThePlan()
    {
        for (int i = 0; i < 5; i++)
        {
            _scratch.Write($"{i}.jsonl", []);
        }

        using InputReading reading = new(new SourceLimits { MaxFiles = 4 });

        Assert.Contains("Found more than 4 files, expected at most that many (Limits:MaxFiles).", Assert.Single(reading.Plan(_scratch.Folder).Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.jsonl.gz", "gzip")]
    [InlineData("a.jsonl.zst", "Zstandard")]
    [InlineData("a.json.gz", "gzip")]
    public async Task MaxCompressionRatio_FileThatUnpacksTooFar_CountsAsCutThere(string name, string kind)
    {
        byte[] bytes = Bomb(name, blanks: 65 << 20);
        byte[] packed = name.EndsWith(".gz", StringComparison.Ordinal) ? InputReading.GZip(bytes) : InputReading.Zstandard(bytes);
        Assert.True(packed.Length * 200L < 64 << 20);
        using InputReading reading = new();

        List<Fate> fates = await reading.ReadAsync(_scratch.Write(name, packed));

        Assert.Equal(3, fates.Count);
        Assert.All(fates.Take(2), fate => Assert.NotNull(fate.Sample));
        Assert.Equal(
            FormattableString.Invariant($"Found {kind} data that unpack to more than 67,108,864 bytes from a file of {packed.Length:N0}, expected at most 200 times as many (Limits:MaxCompressionRatio); rows before that were read."),
            fates[2].Reason);
        Assert.Equal(67_108_864, fates[2].Row.Origin.Offset);
    }

    [Theory]
    [InlineData("a.jsonl.gz", 63, 1)]
    [InlineData("a.jsonl.zst", 65, 1_000_000)]
    public async Task MaxCompressionRatio_SmallFileOrHigherLimit_IsReadWhole(string name, int megabytes, int ratio)
    {
        byte[] bytes = Bomb(name, blanks: megabytes << 20);
        byte[] packed = name.EndsWith(".gz", StringComparison.Ordinal) ? InputReading.GZip(bytes) : InputReading.Zstandard(bytes);
        using InputReading reading = new(new SourceLimits { MaxCompressionRatio = ratio });

        Assert.Equal(3, (await reading.ReadAsync(_scratch.Write(name, packed))).Count(fate => fate.Sample is not null));
    }

    // Two good rows, much white space, one more good row.
    private static byte[] Bomb(string name, int blanks)
    {
        bool array = name.StartsWith("a.json.", StringComparison.Ordinal);
        byte[] head = Encoding.UTF8.GetBytes(array ? $"[{Good},\n{Good},\n" : $"{Good}\n{Good}\n");
        byte[] bytes = [.. head, .. new byte[blanks], .. Encoding.UTF8.GetBytes(array ? $"{Good}]" : Good)];
        bytes.AsSpan(head.Length, blanks).Fill((byte)' ');
        return bytes;
    }

    private async Task<string?> RefusedAsync(SourceLimits limits, string row)
    {
        using InputReading reading = new(limits);
        List<Fate> fates = await reading.ReadAsync(_scratch.Write("a.jsonl", Encoding.UTF8.GetBytes($"{Good}\n{row}\n{Good}\n")));
        Assert.Equal(["User:a|Assistant:b", "", "User:a|Assistant:b"], fates.Select(fate => fate.Turns));
        return fates[1].Reason;
    }
}
