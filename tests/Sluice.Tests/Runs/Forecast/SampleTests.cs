using Sluice.Runs.Forecast;
using Sluice.Sources;
using Sluice.Tests.Pool;
using Sluice.Zstd;

namespace Sluice.Tests.Runs.Forecast;

/// <summary>Where a sample is taken and what is read there.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SourceReader _sources = new(new SourceLimits(), new ZstdDecoder(""), PoolFixture.Tables);

    [Fact]
    public async Task Read_EverySlot_GivesEveryRowOnce()
    {
        SurveyedFile file = Lines(1000);
        long length = file.Bytes;
        for (int slots = 1; slots < 40; slots += 7)
        {
            SamplePlace[] places = [.. Enumerable.Range(0, slots).Select(i => new SamplePlace(0, length * i / slots, length * (i + 1) / slots, 64))];

            List<string> rows = await ReadAsync(file, places);

            Assert.Equal(File.ReadAllLines(file.File.Path), rows);
        }
    }

    [Fact]
    public async Task Draw_SameSeed_ReadsTheSameRowsAndAnotherSeedOthers()
    {
        SurveyedFile file = Lines(3000);

        List<string> first = await ReadAsync(file, SamplePlan.Draw([file], 600, 64, 1).Places);
        List<string> again = await ReadAsync(file, SamplePlan.Draw([file], 600, 64, 1).Places);
        List<string> other = await ReadAsync(file, SamplePlan.Draw([file], 600, 64, 2).Places);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(first.Count, first.Distinct().Count());
        Assert.InRange(first.Count, 500, 700);
    }

    [Fact]
    public void Draw_SeveralFiles_TakesEachByItsShareOfTheRows()
    {
        SurveyedFile[] files = [Fake(0, 90000), Fake(1, 9000), Fake(2, 1000)];

        SamplePlan plan = SamplePlan.Draw(files, 6400, 64, 3);

        Assert.False(plan.IsWhole);
        int[] counts = [.. files.Select((_, i) => plan.Places.Count(p => p.File == i))];
        Assert.InRange(counts[0], plan.Places.Count * 0.88, plan.Places.Count * 0.92);
        Assert.InRange(counts[1], 5, 12);
        Assert.InRange(counts[2], 0, 2);
        Assert.All(plan.Places, p => Assert.True(p.From >= 0 && p.To > p.From));
    }

    [Fact]
    public void Draw_SampleOfMoreThanThereIs_TakesEverything()
    {
        SamplePlan plan = SamplePlan.Draw([Fake(0, 500)], 501, 64, 3);

        Assert.True(plan.IsWhole);
        Assert.Empty(plan.Places);
    }

    [Fact]
    public async Task Survey_CompressedFile_KnowsItsLengthAndThatItCannotBeEntered()
    {
        string path = _folder["a.jsonl.gz"];
        File.WriteAllLines(_folder["a.jsonl"], Rows(40000));
        File.WriteAllBytes(path, Sources.SourceFixture.GZip(File.ReadAllBytes(_folder["a.jsonl"])));

        SurveyedFile file = Assert.Single(await Survey().LookAsync([Sources.SourceFixture.File(path, SourceFormat.JsonLines, Compression.GZip)], default));

        Assert.True(file.IsTextKnown);
        Assert.False(file.CanEnter);
        Assert.Equal(new FileInfo(_folder["a.jsonl"]).Length, file.TextBytes);
        Assert.InRange(file.LikelyRows, 36000, 44000);
        Assert.All(SamplePlan.Draw([file], 6400, 64, 3).Places, p => Assert.Equal(-1, p.From));
    }

    [Fact]
    public async Task Through_CompressedFile_CountsItsRowsAndDrawsFromAllOfIt()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Rows(30000)) + "\n");
        string path = _folder["a.jsonl.gz"];
        File.WriteAllBytes(path, Sources.SourceFixture.GZip(text));
        IReadOnlyList<SurveyedFile> survey = await Survey().LookAsync([Sources.SourceFixture.File(path, SourceFormat.JsonLines, Compression.GZip)], default);
        SamplePlan plan = SamplePlan.Draw(survey, 3000, 64, 3);

        (IReadOnlyList<SurveyedFile> files, IReadOnlyDictionary<int, Queue<RawChunk>> drawn) = await ThroughReading.RunAsync(_sources, survey, plan, 3, default);

        Assert.Equal(30000, files[0].Rows);
        Assert.True(files[0].CanEnter);
        long[] first = [.. drawn[0].Select(c => c.Rows[0].Origin.Number)];
        Assert.Equal(plan.Places.Count, first.Distinct().Count());
        Assert.Equal(first.Order(), first);
        Assert.InRange(first.Average(), 11000, 19000);
    }

    [Fact]
    public async Task Survey_ArchiveOfTwoMembersAndBrokenOne_AreGuessed()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Rows(60000)) + "\n");
        File.WriteAllBytes(_folder["two.jsonl.gz"], Sources.SourceFixture.GZip(text, text[..100]));
        File.WriteAllBytes(_folder["broken.jsonl.gz"], Sources.SourceFixture.GZip(text)[..2000]);

        foreach (string name in (string[])["two.jsonl.gz", "broken.jsonl.gz"])
        {
            SurveyedFile file = Assert.Single(await Survey().LookAsync([Sources.SourceFixture.File(_folder[name], SourceFormat.JsonLines, Compression.GZip)], default));

            Assert.False(file.IsTextKnown);
            Assert.True(file.TextBytes > 0);
        }
    }

    public void Dispose() => _folder.Dispose();

    private InputSurvey Survey() => new(_sources, PoolFixture.Tables, new ZstdDecoder(""));

    private async Task<List<string>> ReadAsync(SurveyedFile file, IReadOnlyList<SamplePlace> places)
    {
        List<string> rows = [];
        await foreach ((int _, SourceFile _, RawChunk chunk) in new SampleReader(_sources, [file], new Dictionary<int, Queue<RawChunk>>(), 64, long.MaxValue).ReadAsync(new SamplePlan(places, false), default))
        {
            rows.AddRange(chunk.Rows.Select(r => System.Text.Encoding.UTF8.GetString(r.Bytes.Span)));
        }

        return rows;
    }

    private SurveyedFile Lines(int rows)
    {
        File.WriteAllLines(_folder["r.jsonl"], Rows(rows));
        long bytes = new FileInfo(_folder["r.jsonl"]).Length;
        return Fake(0, rows) with { File = Sources.SourceFixture.File(_folder["r.jsonl"], SourceFormat.JsonLines), Bytes = bytes, TextBytes = bytes };
    }

    private static IEnumerable<string> Rows(int rows) => Enumerable.Range(0, rows).Select(i => $$"""{"instruction":"q{{i}}","output":"{{new string('a', i * 7919 % 60)}}"}""");

    private static SurveyedFile Fake(int index, int rows) => new()
    {
        File = new SourceFile(index, "", "", SourceFormat.JsonLines, Compression.None, RowShapes.Auto, "", null),
        Bytes = rows * 100,
        Rows = -1,
        TextBytes = rows * 100.0,
        IsTextKnown = true,
        LikelyRows = rows,
    };
}
