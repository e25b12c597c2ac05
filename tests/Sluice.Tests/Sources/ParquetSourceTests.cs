using Sluice.Records;
using Sluice.Sources;
using Sluice.Sources.Parquet;

namespace Sluice.Tests.Sources;

public sealed class ParquetSourceTests
{
    private static readonly SourceFile s_file = SourceFixture.File("/data/a.parquet", SourceFormat.Parquet);
    private static readonly string[] s_rows = [.. Enumerable.Range(0, 20).Select(i => $"{{\"i\":{i}}}")];

    [Fact]
    public async Task ReadAsync_FromEveryChunkEnd_GivesTheSameRest()
    {
        ParquetSource source = new(new SourceLimits(), new ListedRows(s_rows));

        List<RawChunk> chunks = await SourceFixture.ChunksAsync(source, s_file, rows: 7);

        Assert.Equal([7, 7, 6], chunks.Select(chunk => chunk.Rows.Count));
        Assert.Equal(s_rows, chunks.SelectMany(chunk => chunk.Rows).Select(SourceFixture.Text));
        Assert.Equal([new RowOrigin(0, 1, 0), new RowOrigin(0, 8, 7), new RowOrigin(0, 15, 14)], chunks.Select(chunk => chunk.Rows[0].Origin));
        Assert.Equal([new SourcePosition(7, 7), new(14, 14), new(20, 20)], chunks.Select(chunk => chunk.Next));
        for (int i = 0; i < 2; i++)
        {
            List<RawRow> rest = await SourceFixture.RowsAsync(source, s_file, chunks[i].Next, rows: 7);
            Assert.Equal(chunks.Skip(i + 1).SelectMany(chunk => chunk.Rows).Select(SourceFixture.Show), rest.Select(SourceFixture.Show));
        }
    }

    [Fact]
    public async Task ReadAsync_DamagedPage_GivesTheRowsBeforeAndOneFault()
    {
        List<RawRow> rows = await SourceFixture.RowsAsync(new ParquetSource(new SourceLimits(), new ListedRows(s_rows, damagedFrom: 10)), s_file);

        Assert.Equal(s_rows[..10], rows.SkipLast(1).Select(SourceFixture.Text));
        Assert.Equal(new RowOrigin(0, 11, 10), rows[^1].Origin);
        Assert.Equal("Found the Parquet file unreadable from row 10 on (/data/a.parquet: page of row 10 is damaged), expected whole pages and footer; rows before it were read.", rows[^1].Fault);
    }

    [Fact]
    public async Task ReadAsync_BrokenFooter_GivesOneFault()
    {
        List<RawRow> rows = await SourceFixture.RowsAsync(new ParquetSource(new SourceLimits(), new ListedRows(["{}"], damagedFrom: 0)), s_file);

        Assert.NotNull(Assert.Single(rows).Fault);
    }

    [Fact]
    public async Task ReadAsync_EmptyTable_GivesOneEmptyLastChunk()
    {
        List<RawChunk> chunks = await SourceFixture.ChunksAsync(new ParquetSource(new SourceLimits(), new ListedRows([])), s_file);

        Assert.Empty(Assert.Single(chunks).Rows);
    }

    [Fact]
    public async Task ReadAsync_RowOverTheLimit_IsOneFault()
    {
        string longRow = $"{{\"t\":\"{new string('x', 9000)}\"}}";

        List<RawRow> rows = await SourceFixture.RowsAsync(new ParquetSource(new SourceLimits { MaxRowBytes = 8000 }, new ListedRows(["{}", longRow, "{}"])), s_file);

        Assert.Equal([null, "Found a row of 9,008 bytes, expected at most 8,000 (Sources:MaxRowBytes); its first 4,096 bytes are kept.", null], rows.Select(row => row.Fault));
        Assert.Equal(longRow[..4096], rows[1].Text());
    }
}
