using System.Text.Json;
using Sluice.Records;
using Sluice.Sources;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Input;

/// <summary>Mutated JSON lines through the reader and parser of a run: nothing escapes, nothing hangs, no good row is lost.</summary>
public sealed class JsonLinesFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261126;
    private const int MutantsAFile = 20_000;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public Task Read_MutatedLines_EachHasOneFateAndGoodOnesAreWhole() => FuzzAsync("plain", FaultScale.Of(60_000, 1_000_000), isMapped: false, static bytes => bytes, ".jsonl");

    [Fact]
    public Task Read_MutatedMappedLines_EachHasOneFateAndGoodOnesAreWhole() => FuzzAsync("mapping", FaultScale.Of(20_000, 200_000), isMapped: true, static bytes => bytes, ".jsonl");

    [Fact]
    public Task Read_MutatedLinesInGZip_EachHasOneFateAndGoodOnesAreWhole() => FuzzAsync("gzip", FaultScale.Of(20_000, 100_000), isMapped: false, static bytes => InputReading.GZip(bytes), ".jsonl.gz");

    [Fact]
    public Task Read_MutatedLinesInZstandard_EachHasOneFateAndGoodOnesAreWhole() => FuzzAsync("zstd", FaultScale.Of(20_000, 100_000), isMapped: false, static bytes => InputReading.Zstandard(bytes), ".jsonl.zst");

    private async Task FuzzAsync(string what, int mutants, bool isMapped, Func<byte[], byte[]> pack, string ending)
    {
        int seed = Seed + ending.Length + (isMapped ? 100 : 0);
        Mutator mutator = new(seed);
        Random random = new(seed);
        using InputReading reading = new();
        (long made, long samples, long rejected, long good) = (0, 0, 0, 0);
        for (int left = mutants; left > 0; left -= MutantsAFile)
        {
            FuzzFile file = FuzzFile.Make(mutator, random, Math.Min(left, MutantsAFile), isMapped ? GoodRow.Shapes - 1 : -1, "\n"u8);
            byte[] bytes = file.ToArray();
            string path = _scratch.Write($"{what}{ending}", pack(bytes));
            SourceFile source = new(0, path, "a", SourceFormat.JsonLines, Packing(ending), isMapped ? RowShapes.Mapping : RowShapes.Auto, "", isMapped ? GoodRow.Mapping : null);
            List<Fate> fates = await reading.ReadAsync(source).WaitAsync(TimeSpan.FromMinutes(3));
            AssertFramed(bytes, fates);
            AssertWhole(file.Good, fates);
            Assert.All(fates, AssertAgrees);
            made += file.Mutants;
            samples += fates.Count(fate => fate.Sample is not null);
            rejected += fates.Count(fate => fate.Sample is null);
            good += file.Good.Count;
        }

        output.WriteLine($"{what}: seed {seed}, {made:N0} mutated lines and {good:N0} good ones gave {samples:N0} samples and {rejected:N0} rejections; all good rows whole.");
        output.WriteLine(string.Join(", ", Enum.GetValues<Mutation>().Select(way => $"{way} {mutator.Counts[(int)way]:N0}")));
        Assert.All(mutator.Counts, count => Assert.True(count > 0));
        Assert.True(rejected > made / 4, "the mutator hardly hurts");
    }

    private static Compression Packing(string ending) => ending switch
    {
        ".jsonl.gz" => Compression.GZip,
        ".jsonl.zst" => Compression.Zstandard,
        _ => Compression.None,
    };

    // By the plainest reading of what a line is: bytes between line breaks, white space around them cut, blank ones no rows.
    private static void AssertFramed(byte[] bytes, List<Fate> fates)
    {
        int row = 0;
        int number = 0;
        for (int start = 0; start < bytes.Length; number++)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start);
            end = end < 0 ? bytes.Length : end;
            int from = start;
            int to = end;
            Trim(bytes, ref from, ref to);
            if (from == 0 && bytes.AsSpan(from, to).StartsWith("\uFEFF"u8))
            {
                from = 3;
                Trim(bytes, ref from, ref to);
            }

            if (from < to)
            {
                RawRow raw = fates[row++].Row;
                Assert.Equal(new RowOrigin(0, number + 1, from), raw.Origin);
                Assert.Null(raw.Fault);
                Assert.True(raw.Bytes.Span.SequenceEqual(bytes.AsSpan(from, to - from)), $"line {number + 1} differs");
            }

            start = end + 1;
        }

        Assert.Equal(row, fates.Count);
    }

    private static void Trim(byte[] bytes, ref int from, ref int to)
    {
        while (from < to && bytes[from] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            from++;
        }

        while (to > from && bytes[to - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            to--;
        }
    }

    private static void AssertWhole(List<GoodRow> good, List<Fate> fates)
    {
        int at = 0;
        foreach (GoodRow row in good)
        {
            while (at < fates.Count && !fates[at].Row.Bytes.Span.SequenceEqual(row.Json))
            {
                at++;
            }

            Assert.True(at < fates.Count, $"the good row {row.Id} is lost");
            Assert.Equal(row.Turns, fates[at].Turns);
            Assert.True(fates[at++].Sample!.Raw.Span.SequenceEqual(row.Json));
        }
    }

    // What is taken for a sample must be JSON to another reader too, and what is refused as no JSON must be none.
    private static void AssertAgrees(Fate fate)
    {
        bool isJson = true;
        try
        {
            using JsonDocument document = JsonDocument.Parse(fate.Row.Bytes, new JsonDocumentOptions { MaxDepth = 64 });
            isJson = document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            isJson = false;
        }

        Assert.True(isJson || fate.Sample is null, "a sample that is no JSON object");
        Assert.False(isJson && fate.Reason?.StartsWith("Found invalid JSON", StringComparison.Ordinal) == true, "JSON refused as none");
    }
}
