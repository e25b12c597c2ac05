namespace Sluice.Faults.Tests.Input;

/// <summary>Corrupt Parquet files, one kind a test.</summary>
public sealed class CorruptParquetTests : IDisposable
{
    private const int Rows = 3 * ParquetSample.RowsAGroup;
    private readonly Scratch _scratch = new();
    private readonly ParquetFiles _files = new();
    private readonly InputReading _reading = new();

    public void Dispose()
    {
        _reading.Dispose();
        _files.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("footer cut off", "No magic bytes")]
    [InlineData("footer of another length", "its footer is damaged (its length is given as")]
    [InlineData("footer of nearly 4 GiB", "its footer is damaged (its length is given as 4294967290 bytes in a file of")]
    [InlineData("footer of zeros", "")]
    [InlineData("row count", "contradicts itself: found 6145 rows in all and 6144 in its 3 row groups")]
    [InlineData("empty", "")]
    public async Task Read_WrongFooter_IsOneRejectionWithItsReason(string fault, string reason)
    {
        byte[] bytes = Sound();
        int footer = bytes.Length - 8 - BitConverter.ToInt32(bytes, bytes.Length - 8);
        switch (fault)
        {
            case "footer cut off":
                bytes = bytes[..footer];
                break;
            case "footer of another length":
                BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 8), bytes.Length);
                break;
            case "footer of nearly 4 GiB":
                BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 8), -6);
                break;
            case "footer of zeros":
                bytes.AsSpan(footer, bytes.Length - 8 - footer).Clear();
                break;
            case "row count":
                // 6144 as zigzag varint, first in the field that counts all rows.
                int place = footer + bytes.AsSpan(footer).IndexOf((ReadOnlySpan<byte>)[0x80, 0x60]);
                bytes[place] += 2;
                break;
            default:
                bytes = [.. "PAR1"u8];
                break;
        }

        Fate fate = Assert.Single(await _reading.ReadAsync(_scratch.Write("a.parquet", bytes)));

        Assert.StartsWith("Found the Parquet file unreadable from row 0 on", fate.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, fate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Read_BadPage_GivesTheRowGroupsBeforeIt(int group)
    {
        byte[] bytes = Sound();
        long page = _files.Numbers($"SELECT data_page_offset::BIGINT FROM parquet_metadata('{_scratch["sound.parquet"]}') WHERE path_in_schema = 'output' ORDER BY row_group_id")[group];

        // At the page's beginning: further in, a page without a checksum may decode to other text.
        bytes.AsSpan((int)page, 64).Fill(0xAA);

        List<Fate> fates = await _reading.ReadAsync(_scratch.Write("a.parquet", bytes));

        Assert.Equal((group * ParquetSample.RowsAGroup) + 1, fates.Count);
        Assert.All(fates.SkipLast(1), (fate, i) => Assert.StartsWith($"User:row {i}|", fate.Turns, StringComparison.Ordinal));
        Assert.StartsWith(FormattableString.Invariant($"Found the Parquet file unreadable from row {group * ParquetSample.RowsAGroup:N0} on"), fates[^1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "found no page header at byte")]
    [InlineData(2, "values in its pages and 2048 in the footer")]
    public void Find_PagesThatContradictTheFooter_SaysWhichAndHow(int kind, string expected)
    {
        byte[] bytes = Sound();
        long page = _files.Numbers($"SELECT data_page_offset::BIGINT FROM parquet_metadata('{_scratch["sound.parquet"]}') WHERE path_in_schema = 'output' ORDER BY row_group_id")[1];
        string path = _scratch["a.parquet"];
        if (kind == 1)
        {
            bytes.AsSpan((int)page, 8).Fill(0xFF);
        }
        else
        {
            int count = bytes.AsSpan((int)page, 64).IndexOf((ReadOnlySpan<byte>)[0x80, 0x20]);
            Assert.True(count > 0);
            bytes[page + count + 1] = 0x21;
        }

        File.WriteAllBytes(path, bytes);
        (int sound, string? fault) = DuckDb.Rows.Pages.PageCheck.Find(path, null);

        Assert.Equal(1, sound);
        Assert.StartsWith("column 'output' of row group 1: ", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ColumnMissingOrOfAnotherType_RefusesEachRow()
    {
        _files.Write(_scratch["a.parquet"], "SELECT 'a' AS instruction, i AS output FROM range(3) t(i)");
        _files.Write(_scratch["b.parquet"], "SELECT 'a' AS instruction FROM range(3) t(i)");

        Assert.Equal(Enumerable.Repeat("Found a number in field 'output', expected a string.", 3), (await _reading.ReadAsync(_scratch["a.parquet"])).Select(fate => fate.Reason));
        Assert.All(await _reading.ReadAsync(_scratch["b.parquet"]), fate => Assert.StartsWith("Found no field 'output'", fate.Reason, StringComparison.Ordinal));
    }

    private byte[] Sound()
    {
        _files.Write(_scratch["sound.parquet"], $"SELECT 'row ' || i AS instruction, md5(i::VARCHAR) || md5((i * 7)::VARCHAR) AS output FROM range({Rows}) t(i) ORDER BY i", rowsAGroup: ParquetSample.RowsAGroup);
        return File.ReadAllBytes(_scratch["sound.parquet"]);
    }
}
