using Sluice.Records;
using Sluice.Runs.DryRun;
using Sluice.Sources;

namespace Sluice.Tests.Runs.DryRun;

public sealed class FirstRowsTests
{
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(7, 7, false)]
    [InlineData(8, 8, false)]
    [InlineData(12, 12, false)]
    [InlineData(19, 19, false)]
    [InlineData(20, 20, true)]
    [InlineData(500, 20, true)]
    public async Task Read_FilesOfTenRows_GivesTheFirstInOrderAndSaysWhetherThatIsAll(long limit, int expected, bool isAll)
    {
        FirstRows rows = new(new TenRows(), 4, 1000);
        List<(int File, long Number)> read = [];
        await foreach ((int place, SourceFile file, RawChunk chunk) in rows.ReadAsync([File(0), File(1)], limit, default))
        {
            Assert.Equal(0, place);
            Assert.InRange(chunk.Rows.Count, 1, 4);
            Assert.All(chunk.Rows, r => Assert.Equal(file.Index, r.Origin.File));
            Assert.Equal(chunk.Rows[^1].Origin.Number, chunk.Next.Number);
            read.AddRange(chunk.Rows.Select(r => (r.Origin.File, r.Origin.Number)));
        }

        Assert.Equal(Enumerable.Range(0, expected).Select(i => (i / 10, (long)(i % 10) + 1)), read);
        Assert.Equal((expected, isAll), (rows.Count, rows.IsAll));
    }

    private static SourceFile File(int index) => new(index, $"/f{index}", $"f{index}", SourceFormat.JsonLines, Compression.None, "auto", "", null);

    private sealed class TenRows : ISource
    {
        public async IAsyncEnumerable<RawChunk> ReadAsync(SourceFile file, SourcePosition from, int rowsPerChunk, long bytesPerChunk, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            for (int at = 0; at < 10; at += rowsPerChunk)
            {
                await Task.Yield();
                int count = Math.Min(rowsPerChunk, 10 - at);
                // Every third row cannot be framed, and is a row all the same.
                RawRow[] rows = [.. Enumerable.Range(at, count).Select(i => new RawRow(new RowOrigin(file.Index, i + 1, i * 10), new byte[] { 1 }, i % 3 == 0 ? "broken" : null))];
                yield return new RawChunk(rows, new SourcePosition((at + count) * 10, at + count), at + count == 10);
            }
        }
    }
}
