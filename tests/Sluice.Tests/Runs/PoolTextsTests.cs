using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Runs;
using Sluice.Sources;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Runs;

public sealed class PoolTextsTests : IDisposable
{
    private const int Rows = 2000;

    private readonly RunFixture _runs = new(Rows);

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Answers_AnyOrder_AreThoseOfTheRows()
    {
        using PoolReader pool = await PoolAsync();
        long[] rows = [Rows - 1, 0, 700, 1];

        Assert.Equal(rows.Select(r => RunFixture.Answer((int)r)), new PoolTexts(pool, new RowParser(new SourceLimits()), 2).Answers(rows, default));
    }

    [Fact]
    public async Task Answers_ManyShortRows_CostNoBlockOfTextEach()
    {
        using PoolReader pool = await PoolAsync();
        PoolTexts texts = new(pool, new RowParser(new SourceLimits()), 1);
        long[] rows = [.. Enumerable.Range(0, Rows).Select(r => (long)r)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = texts.Answers(rows, default);

        // A block is 64 KiB; the rows are of some 200 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Rows * 16384L);
    }

    private async Task<PoolReader> PoolAsync()
    {
        await _runs.AnnotateAsync("w", ["Stages:Quality:Enabled=false", "Pool:SegmentRows=1024"]);
        return PoolReader.Open(_runs["w"], PoolFixture.Tables);
    }
}
