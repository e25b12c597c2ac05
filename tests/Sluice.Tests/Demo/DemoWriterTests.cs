using System.IO.Compression;
using System.Text.Json;
using Sluice.Demo;
using Sluice.Records;

namespace Sluice.Tests.Demo;

public sealed class DemoWriterTests
{
    private const int Rows = 8_000;

    [Fact]
    public async Task WriteAsync_JsonLines_TruthSaysWhatIsThere()
    {
        using TemporaryFolder folder = new();
        string path = folder["pool.jsonl"];
        await DemoWriter.WriteAsync(Rows, 4, path, null, CancellationToken.None);
        byte[][] lines = Lines(await File.ReadAllBytesAsync(path));
        Assert.Equal(Rows, lines.Length);
        Assert.Equal([path, path + ".truth.json"], Directory.GetFiles(folder.Path).Order());
        using JsonDocument truth = JsonDocument.Parse(await File.ReadAllBytesAsync(path + ".truth.json"));
        Assert.Equal((Rows, 4), (truth.RootElement.GetProperty("rows").GetInt64(), truth.RootElement.GetProperty("seed").GetInt64()));
        Dictionary<string, int> counts = [];
        HashSet<long> broken = [];
        foreach (JsonElement planted in truth.RootElement.GetProperty("planted").EnumerateArray())
        {
            string what = planted.GetProperty("planted").GetString()!;
            counts[what] = counts.GetValueOrDefault(what) + 1;
            byte[] line = lines[planted.GetProperty("row").GetInt64() - 1];
            if (what == "broken")
            {
                broken.Add(planted.GetProperty("row").GetInt64());
                Assert.Equal(planted.GetProperty("how").GetString(), Fault(line));
            }
            else if (what == "exact_duplicate")
            {
                Assert.Equal(Folded(lines[planted.GetProperty("of").GetInt64() - 1]), Folded(line));
            }
            else if (what == "near_duplicate")
            {
                string[] one = Folded(lines[planted.GetProperty("of").GetInt64() - 1]).Split(' ');
                string[] other = Folded(line).Split(' ');
                Assert.InRange(one.Except(other).Count(), 0, 6);
                Assert.NotEqual(one, other);
            }
        }

        Assert.Equal(truth.RootElement.GetProperty("counts").EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt32()), counts);
        Assert.Equal(["broken", "exact_duplicate", "near_duplicate", "poor"], counts.Keys.Order());
        Assert.All(lines.Where((_, index) => !broken.Contains(index + 1)), line => Assert.Null(Fault(line)));
    }

    [Fact]
    public async Task WriteAsync_Zipped_HoldsTheSameBytes()
    {
        using TemporaryFolder folder = new();
        await DemoWriter.WriteAsync(3000, 8, folder["a.jsonl"], null, CancellationToken.None);
        await DemoWriter.WriteAsync(3000, 8, folder["b.jsonl.gz"], null, CancellationToken.None);
        using MemoryStream plain = new();
        await using (GZipStream zip = new(File.OpenRead(folder["b.jsonl.gz"]), CompressionMode.Decompress))
        {
            await zip.CopyToAsync(plain);
        }

        Assert.Equal(await File.ReadAllBytesAsync(folder["a.jsonl"]), plain.ToArray());
        Assert.Equal(await File.ReadAllBytesAsync(folder["a.jsonl.truth.json"]), await File.ReadAllBytesAsync(folder["b.jsonl.gz.truth.json"]));
    }

    [Fact]
    public async Task WriteAsync_Parquet_SameRowsAreBroken()
    {
        using TemporaryFolder folder = new();
        LineKeeper tables = new();
        await DemoWriter.WriteAsync(Rows, 4, folder["pool.parquet"], tables, CancellationToken.None);
        await DemoWriter.WriteAsync(Rows, 4, folder["pool.jsonl"], null, CancellationToken.None);
        byte[][] lines = Lines(await File.ReadAllBytesAsync(folder["pool.jsonl"]));
        byte[][] table = Lines(await File.ReadAllBytesAsync(folder["pool.parquet"]));
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);
        for (int i = 0; i < Rows; i++)
        {
            using JsonDocument row = JsonDocument.Parse(table[i]);
            Assert.Equal(["id", "kind", "instruction", "input", "output"], row.RootElement.EnumerateObject().Select(field => field.Name));
            bool usable = !string.IsNullOrEmpty(row.RootElement.GetProperty("instruction").GetString()) && row.RootElement.GetProperty("output").ValueKind == JsonValueKind.String;
            Assert.Equal(Fault(lines[i]) is null, usable);
            Assert.True(!usable || lines[i].AsSpan().SequenceEqual(table[i]));
        }
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesNothingAndKeepsTheOldFile()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["pool.jsonl"], "old");
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DemoWriter.WriteAsync(5000, 4, folder["pool.jsonl"], null, source.Token));
        Assert.Equal("old", await File.ReadAllTextAsync(folder["pool.jsonl"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("pool.csv", 5)]
    [InlineData("pool.parquet", 0)]
    [InlineData("pool.parquet", 5)]
    [InlineData("pool.jsonl", -1)]
    public async Task WriteAsync_BadArguments_ThrowsBeforeWriting(string name, long rows)
    {
        using TemporaryFolder folder = new();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => DemoWriter.WriteAsync(rows, 1, folder[name], null, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task WriteAsync_NoRows_WritesAnEmptyFile()
    {
        using TemporaryFolder folder = new();
        await DemoWriter.WriteAsync(0, 1, folder["pool.jsonl"], null, CancellationToken.None);
        Assert.Equal(0, new FileInfo(folder["pool.jsonl"]).Length);
    }

    private static byte[][] Lines(byte[] file)
    {
        Assert.Equal((byte)'\n', file[^1]);
        List<byte[]> lines = [];
        for (int start = 0; start < file.Length;)
        {
            int length = file.AsSpan(start).IndexOf((byte)'\n');
            lines.Add(file[start..(start + length)]);
            start += length + 1;
        }

        return [.. lines];
    }

    private static string? Fault(byte[] line)
    {
        JsonElement row;
        try
        {
            row = JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return "cut_off_line";
        }

        return row.ValueKind != JsonValueKind.Object ? "not_an_object"
            : row.GetProperty("instruction").ValueKind == JsonValueKind.Null ? "null_instruction"
            : row.GetProperty("instruction").GetString() is "" ? "empty_instruction"
            : row.TryGetProperty("output", out _) ? null : "missing_output";
    }

    private static string Folded(byte[] line)
    {
        JsonElement row = JsonElement.Parse(line);
        string all = $"{row.GetProperty("instruction").GetString()} | {row.GetProperty("input").GetString()} | {row.GetProperty("output").GetString()}";
        return string.Join(' ', all.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // Stands in for Parquet: keeps the lines it is given.
    private sealed class LineKeeper : ITableFiles
    {
        public void Write(string path, IReadOnlyList<NamedColumn> columns) => throw new NotSupportedException();

        public IReadOnlyList<NamedColumn> Read(string path, IReadOnlyList<string>? columns) => throw new NotSupportedException();

        public IReadOnlyList<NamedColumn> ReadJoined(IReadOnlyList<(string Path, long Rows)> files, IReadOnlyList<string> columns) => throw new NotSupportedException();

        public void ConvertJsonLinesToParquet(string jsonLinesPath, string parquetPath) => File.Copy(jsonLinesPath, parquetPath);
    }
}
