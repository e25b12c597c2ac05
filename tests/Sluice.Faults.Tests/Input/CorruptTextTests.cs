using System.Text;
using Sluice.FaultProbe;
using Sluice.Sources;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Input;

/// <summary>Corrupt text files and archives, one kind a test: what is sound comes out, what is not is told in one line, nothing throws.</summary>
public sealed class CorruptTextTests(ITestOutputHelper output) : IDisposable
{
    private const string Good = """{"instruction":"a","output":"b"}""";
    private readonly Scratch _scratch = new();
    private readonly InputReading _reading = new();

    public void Dispose()
    {
        _reading.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("invalid UTF-8", "{\"instruction\":\"\u00ff\",\"output\":\"b\"}", "Found invalid UTF-8 at byte 16 of the row (0xFF), expected UTF-8.")]
    [InlineData("NUL bytes", "\0\0\0\0", "Found invalid JSON at byte 0")]
    [InlineData("NUL in a text", "{\"instruction\":\"a\0\",\"output\":\"b\"}", "Found invalid JSON at byte 17")]
    [InlineData("a column missing", "{\"instruction\":\"a\"}", "Found no field 'output' (fields: instruction)")]
    [InlineData("a column of another type", "{\"instruction\":{\"a\":1},\"output\":\"b\"}", "Found an object in field 'instruction', expected a string.")]
    [InlineData("a key twice", "{\"instruction\":\"a\",\"output\":\"b\",\"output\":\"c\"}", "Found field 'output' twice")]
    [InlineData("a row cut short", "{\"instruction\":\"a\",\"outp", "Found invalid JSON at byte")]
    [InlineData("two rows on one line", Good + Good, "Found invalid JSON at byte 32")]
    [InlineData("a line of another file", "<html><body>", "Found invalid JSON at byte 0")]
    public async Task Read_BadLine_IsRefusedBetweenItsNeighbours(string what, string line, string reason)
    {
        // Latin-1, so that the text stands for its bytes.
        List<Fate> fates = await _reading.ReadAsync(_scratch.Write("a.jsonl", Encoding.Latin1.GetBytes($"{Good}\n{line}\n{Good}\n")));

        Assert.Equal(["User:a|Assistant:b", "", "User:a|Assistant:b"], fates.Select(fate => fate.Turns));
        Assert.True(fates[1].Reason!.StartsWith(reason, StringComparison.Ordinal), $"{what}: {fates[1].Reason}");
        Assert.Equal(Encoding.Latin1.GetBytes(line), fates[1].Row.Bytes.ToArray());
        Assert.Equal(Good.Length + 1, fates[1].Row.Origin.Offset);
    }

    [Fact]
    public async Task Read_DeepNesting_IsRefusedBetweenItsNeighbours()
    {
        string deep = $"{{\"a\":{new string('[', 1_000_000)}";

        List<Fate> fates = await _reading.ReadAsync(_scratch.Write("a.jsonl", Encoding.UTF8.GetBytes($"{Good}\n{deep}\n{Good}\n")));

        Assert.Equal([null, "Found values nested more than 64 deep, expected at most that (Limits:MaxDepth).", null], fates.Select(fate => fate.Reason));
    }

    [Theory]
    [InlineData("a.jsonl", "\uFEFF{0}\r\n{0}\r\n\r\n{0}", 3)]
    [InlineData("a.json", "\uFEFF[{0},\r\n{0}\r\n]\r\n", 2)]
    [InlineData("a.jsonl", "", 0)]
    [InlineData("a.json", "", 0)]
    [InlineData("a.json", "[]", 0)]
    [InlineData("a.jsonl", "\n\n\r\n\n \t\n\n", 0)]
    [InlineData("a.json", "\n\n\r\n\n \t\n\n", 0)]
    public async Task Read_ByteOrderMarkBreaksAndEmptiness_AreNoRows(string name, string frame, int rows)
    {
        List<Fate> fates = await _reading.ReadAsync(_scratch.Write(name, Encoding.UTF8.GetBytes(frame.Replace("{0}", Good, StringComparison.Ordinal))));

        Assert.Equal(Enumerable.Repeat("User:a|Assistant:b", rows), fates.Select(fate => fate.Turns));
    }

    [Fact]
    public async Task Read_ManyNewlines_AreNoRows() => Assert.Empty(await _reading.ReadAsync(_scratch.Write("a.jsonl", [.. Enumerable.Repeat((byte)'\n', 3_000_000)])));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plan_Utf16_SaysHowToConvert(bool isBigEndian)
    {
        UnicodeEncoding encoding = new(isBigEndian, byteOrderMark: true);

        SourcePlan plan = _reading.Plan(_scratch.Write("a.jsonl", [.. encoding.GetPreamble(), .. encoding.GetBytes(Good)]));

        Assert.Contains("Found UTF-16 text, expected UTF-8. Convert it, for instance with iconv", Assert.Single(plan.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FolderNamedLikeAFile_SaysThatItIsEmpty()
    {
        Directory.CreateDirectory(_scratch["x.jsonl"]);

        Assert.Contains("Found no file for", Assert.Single(_reading.Plan(_scratch["x.jsonl"]).Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FolderNamedLikeAFileAmongFiles_IsWalked()
    {
        Directory.CreateDirectory(_scratch["x.jsonl"]);
        _scratch.Write("x.jsonl/y.jsonl", []);
        _scratch.Write("z.jsonl", []);

        Assert.Equal(["x.jsonl/y.jsonl", "z.jsonl"], _reading.Plan(_scratch.Folder).Files.Select(file => file.Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plan_DanglingLink_IsNamed(bool inFolder)
    {
        _scratch.Write("a.jsonl", []);
        File.CreateSymbolicLink(_scratch["x.jsonl"], _scratch["gone"]);

        string error = Assert.Single(_reading.Plan(inFolder ? _scratch.Folder : _scratch["x.jsonl"]).Errors).ToString();

        Assert.Contains("x.jsonl'", error, StringComparison.Ordinal);
        Assert.Contains("Cannot read", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ArrayCutAnywhere_GivesTheElementsBeforeTheCut()
    {
        byte[] whole = Encoding.UTF8.GetBytes($"[{string.Join(",\n", Enumerable.Repeat(Good, 8))}]");
        for (int length = 1; length < whole.Length; length++)
        {
            List<Fate> fates = await _reading.ReadAsync(_scratch.Write("a.json", whole[..length]));

            // An element takes its own length, a comma and a line break.
            Assert.Equal((length - 1 + 2) / (Good.Length + 2), fates.Count(fate => fate.Sample is not null));
            Assert.Contains("Found the end of the file at byte", Assert.Single(fates, fate => fate.Sample is null).Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a.jsonl.gz", 97)]
    [InlineData("a.jsonl.zst", 97)]
    public async Task Read_ArchiveCutAnywhere_GivesTheRowsBeforeTheCutAndSaysWhere(string name, int step)
    {
        Random random = new(3);
        List<GoodRow> rows = [.. Enumerable.Range(0, 400).Select(i => GoodRow.Make(i % (GoodRow.Shapes - 1), $"row-{i}", random))];
        byte[] bytes = [.. rows.SelectMany(row => row.Json.Append((byte)'\n'))];
        byte[] packed = name.EndsWith(".gz", StringComparison.Ordinal) ? InputReading.GZip(bytes) : InputReading.Zstandard(bytes);
        int most = 0;
        int cuts = 0;
        for (int length = 20; length < packed.Length; length += step, cuts++)
        {
            List<Fate> fates = await _reading.ReadAsync(_scratch.Write(name, packed[..length]));

            Assert.Equal(rows.Take(fates.Count - 1).Select(row => row.Turns), fates.SkipLast(1).Select(fate => fate.Turns));
            Assert.Matches(@"^Found (gzip|Zstandard) data cut short or damaged at byte [\d,]+ of the decompressed stream \(.+\), expected a whole file; rows before it were read\.$", fates[^1].Reason);
            Assert.True(fates.Count >= most, "a longer piece gave fewer rows");
            most = fates.Count;
        }

        output.WriteLine($"{name}: cut at {cuts} places of {packed.Length}; up to {most - 1} of {rows.Count} rows");
        Assert.True(most > 1 && cuts > 50);
    }

    [Fact]
    public async Task Read_GZipWithGarbageBehindIt_GivesAllRowsAndSaysSo()
    {
        List<Fate> fates = await _reading.ReadAsync(_scratch.Write("a.jsonl.gz", [.. InputReading.GZip(Encoding.UTF8.GetBytes($"{Good}\n{Good}\n")), .. "garbage"u8]));

        Assert.Equal(3, fates.Count);
        Assert.Contains("other bytes follow the last gzip member", fates[2].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.jsonl", "{0}\n{1}\n{0}\n")]
    [InlineData("a.json", "[{0},\n{1},\n{0}]")]
    public async Task Read_LineOf200Megabytes_IsRefusedInBoundedMemory(string name, string frame)
    {
        const int Length = 200 << 20;
        string[] parts = frame.Replace("{0}", Good, StringComparison.Ordinal).Split("{1}");
        await using (FileStream file = File.Create(_scratch[name]))
        {
            file.Write(Encoding.UTF8.GetBytes(parts[0] + "{\"instruction\":\""));
            byte[] stretch = [.. Enumerable.Repeat((byte)'x', 1 << 20)];
            for (int i = 0; i < Length; i += stretch.Length)
            {
                file.Write(stretch);
            }

            file.Write(Encoding.UTF8.GetBytes("\",\"output\":\"b\"}" + parts[1]));
        }

        using Probe probe = new(1, TimeSpan.FromMinutes(1));
        FileFate fate = await probe.ReadAsync(_scratch[name]);

        output.WriteLine($"{name}: {fate.Reason} {fate.Kept} bytes kept; peak {fate.PeakBytes >> 20} MiB");
        Assert.Equal((2, 1, 4096, null, null), (fate.Rows, fate.Rejects, fate.Kept, fate.PlanError, fate.Escaped));
        Assert.StartsWith("Found a row of 209,7", fate.Reason, StringComparison.Ordinal);
        Assert.EndsWith("bytes, expected at most 16,777,216 (Limits:MaxRowBytes); its first 4,096 bytes are kept.", fate.Reason, StringComparison.Ordinal);
        Assert.InRange(fate.PeakBytes, 1, 180L << 20);
    }
}
