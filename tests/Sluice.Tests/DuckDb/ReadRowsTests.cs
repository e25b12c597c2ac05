using System.Text;
using System.Text.Json;
using Sluice.DuckDb;

namespace Sluice.Tests.DuckDb;

public sealed class ReadRowsTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("true", "true")]
    [InlineData("(-128)::TINYINT", "-128")]
    [InlineData("(-32768)::SMALLINT", "-32768")]
    [InlineData("(-2147483648)::INTEGER", "-2147483648")]
    [InlineData("(-9223372036854775808)::BIGINT", "-9223372036854775808")]
    [InlineData("9007199254740993::BIGINT", "9007199254740993")]
    [InlineData("255::UTINYINT", "255")]
    [InlineData("65535::USMALLINT", "65535")]
    [InlineData("4294967295::UINTEGER", "4294967295")]
    [InlineData("18446744073709551615::UBIGINT", "18446744073709551615")]
    [InlineData("0.1::FLOAT", "0.1")]
    [InlineData("3::FLOAT", "3.0")]
    [InlineData("0.1::DOUBLE", "0.1")]
    [InlineData("2::DOUBLE", "2.0")]
    [InlineData("5e-324::DOUBLE", "5E-324")]
    [InlineData("1.7976931348623157e308::DOUBLE", "1.7976931348623157E+308")]
    [InlineData("'-0'::DOUBLE", "-0.0")]
    [InlineData("'nan'::DOUBLE", "null")]
    [InlineData("'inf'::DOUBLE", "1e999")]
    [InlineData("'-inf'::FLOAT", "-1e999")]
    [InlineData("1.50::DECIMAL(4,2)", "1.50")]
    [InlineData("(-0.05)::DECIMAL(9,2)", "-0.05")]
    [InlineData("123456789012.000001::DECIMAL(18,6)", "123456789012.000001")]
    [InlineData("(-12345678901234567890123456789012345678)::DECIMAL(38,0)", "-12345678901234567890123456789012345678")]
    [InlineData("'text'", "\"text\"")]
    [InlineData("''", "\"\"")]
    [InlineData("'Zoë 漢字 🙂 \u2028'", "\"Zoë 漢字 🙂 \u2028\"")]
    [InlineData("chr(0) || '\"\\' || chr(10) || chr(13) || chr(9) || chr(31) || chr(127)", "\"\\u0000\\\"\\\\\\n\\r\\t\\u001f\u007f\"")]
    [InlineData("DATE '2024-02-29'", "\"2024-02-29\"")]
    [InlineData("TIME '01:02:03.5'", "\"01:02:03.5\"")]
    [InlineData("TIMESTAMP '2024-02-29 01:02:03.000004'", "\"2024-02-29 01:02:03.000004\"")]
    [InlineData("TIMESTAMPTZ '2024-02-29 01:02:03+02'", "\"2024-02-28 23:02:03+00\"")]
    [InlineData("'b5f5f5b5-1111-2222-3333-444455556666'::UUID", "\"b5f5f5b5-1111-2222-3333-444455556666\"")]
    [InlineData("'\\x00\\xFF\\x41'::BLOB", "\"AP9B\"")]
    [InlineData("'{\"a\": [1,\n2]}'::JSON", "{\"a\": [1, 2]}")]
    [InlineData("[1, NULL, 3]", "[1,null,3]")]
    [InlineData("[]::VARCHAR[]", "[]")]
    [InlineData("[['a'], NULL, []]", "[[\"a\"],null,[]]")]
    [InlineData("[{'from': 'human', 'value': 'hi'}, {'from': 'gpt', 'value': NULL}]", "[{\"from\":\"human\",\"value\":\"hi\"},{\"from\":\"gpt\",\"value\":null}]")]
    [InlineData("{'a': {'b': [{'c': 1.5::DOUBLE, 'at': DATE '2020-01-01'}]}, 'd\"': NULL::VARCHAR}", "{\"a\":{\"b\":[{\"c\":1.5,\"at\":\"2020-01-01\"}]},\"d\\\"\":null}")]
    [InlineData("MAP {'k': 1, 'l': NULL}", "{\"k\":1,\"l\":null}")]
    [InlineData("MAP {7: ['x']}", "{\"7\":[\"x\"]}")]
    [InlineData("MAP {DATE '2020-01-01': TIMESTAMP '2020-01-01 00:00:00'}", "{\"2020-01-01\":\"2020-01-01 00:00:00\"}")]
    public void ReadRows_EveryType_IsKeptAndItsNullToo(string sql, string json)
    {
        string path = _folder["types.parquet"];
        duck.Parquet(path, $"SELECT {sql} AS v UNION ALL SELECT NULL UNION ALL SELECT {sql}");
        Assert.Equal([$$"""{"v":{{json}}}""", """{"v":null}""", $$"""{"v":{{json}}}"""], duck.Rows(path));
    }

    [Fact]
    public void ReadRows_RandomDoubles_ReadBackExactly()
    {
        Random random = new(20);
        double[] values = [.. Enumerable.Range(0, 5000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)];
        duck.Files.Write(_folder["d.parquet"], [new("v", new Sluice.Records.NumberData(values))]);
        double[] found = [.. duck.Rows(_folder["d.parquet"]).Select(row => JsonDocument.Parse(row).RootElement.GetProperty("v").GetDouble())];
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), found.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void ReadRows_LongText_IsWhole()
    {
        duck.Parquet(_folder["long.parquet"], "SELECT i, repeat('ü\"', 300000 * i) AS t FROM range(4) t(i)");
        List<string> rows = duck.Rows(_folder["long.parquet"]);
        Assert.Equal(4, rows.Count);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(string.Concat(Enumerable.Repeat("ü\"", 300000 * i)), JsonDocument.Parse(rows[i]).RootElement.GetProperty("t").GetString());
        }
    }

    [Fact]
    public void ReadRows_InvalidJsonUnderJsonType_IsText()
    {
        // The library takes more for JSON than JSON is.
        duck.Parquet(_folder["j.parquet"], "SELECT '{\"a\":NaN}'::JSON AS v");
        Assert.Equal(["""{"v":"{\"a\":NaN}"}"""], duck.Rows(_folder["j.parquet"]));
    }

    [Fact]
    public void ReadRows_FieldNames_StayTheFiles()
    {
        duck.Parquet(_folder["n.parquet"], "SELECT 1 AS b, 2 AS \"a b\", 3 AS \"q\"\"\", 4 AS \"ö\", 5 AS file_row_number");
        Assert.Equal(["""{"b":1,"a b":2,"q\"":3,"ö":4,"file_row_number":5}"""], duck.Rows(_folder["n.parquet"]));
    }

    [Fact]
    public void ReadRows_PathWithWildcardsQuotesAndPartitions_ReadsThatFileAlone()
    {
        string folder = _folder["lang=en [1]*"];
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "it's ?.parquet");
        duck.Files.Write(path, [new("v", new Sluice.Records.IntegerData([7]))]);
        duck.Files.Write(Path.Combine(folder, "it's x.parquet"), [new("v", new Sluice.Records.IntegerData([8]))]);
        Assert.Equal(["""{"v":7}"""], duck.Rows(path));
        Assert.Equal(["v"], duck.Files.ReadShape(path).Columns);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void ReadRows_FromAnyRow_GivesTheRestInFileOrder(int threads)
    {
        using DuckDbFiles files = new(new DuckDbOptions { Threads = threads });
        string path = _folder["groups.parquet"];
        duck.Parquet(path, "SELECT i, 'row ' || i AS t FROM range(20000) t(i) ORDER BY i", ", ROW_GROUP_SIZE 4096");
        Assert.Equal(5, files.ReadShape(path).RowGroups.Count);
        foreach (int first in new[] { 0, 1, 2047, 2048, 4096, 10000, 16384, 19999, 20000, 30000 })
        {
            int next = first;
            foreach (ReadOnlyMemory<byte> row in files.ReadRows(path, first, CancellationToken.None).SelectMany(chunk => chunk))
            {
                Assert.Equal($$"""{"i":{{next}},"t":"row {{next}}"}""", Encoding.UTF8.GetString(row.Span));
                next++;
            }

            Assert.Equal(Math.Max(first, 20000), next);
        }
    }

    [Fact]
    public void ReadRows_ColumnNamedLikeTheRowNumber_StillStartsAnywhere()
    {
        duck.Parquet(_folder["r.parquet"], "SELECT 9 - i AS file_row_number FROM range(10) t(i)");
        Assert.Equal(["""{"file_row_number":1}""", """{"file_row_number":0}"""], duck.Rows(_folder["r.parquet"], 8));
    }

    [Fact]
    public async Task ReadRows_TwoReadersAtOnce_GiveTheSameRows()
    {
        string path = _folder["two.parquet"];
        duck.Parquet(path, "SELECT i, md5(i::VARCHAR) AS t FROM range(60000) t(i)", ", ROW_GROUP_SIZE 8192");
        List<string>[] rows = await Task.WhenAll(Task.Run(() => duck.Rows(path)), Task.Run(() => duck.Rows(path)));
        Assert.Equal(60000, rows[0].Count);
        Assert.Equal(rows[0], rows[1]);
    }

    [Fact]
    public void ReadRows_ChunksKeptPastTheNext_StaySound()
    {
        duck.Parquet(_folder["kept.parquet"], "SELECT i FROM range(10000) t(i)");
        List<IReadOnlyList<ReadOnlyMemory<byte>>> chunks = [.. duck.Files.ReadRows(_folder["kept.parquet"], 0, CancellationToken.None)];
        int next = 0;
        Assert.All(chunks.SelectMany(chunk => chunk), row => Assert.Equal($$"""{"i":{{next++}}}""", Encoding.UTF8.GetString(row.Span)));
        Assert.Equal(10000, next);
    }

    [Fact]
    public void ReadRows_Cancelled_ThrowsWithTheCallersToken()
    {
        duck.Parquet(_folder["c.parquet"], "SELECT i FROM range(500000) t(i)");
        using CancellationTokenSource source = new();
        using IEnumerator<IReadOnlyList<ReadOnlyMemory<byte>>> rows = duck.Files.ReadRows(_folder["c.parquet"], 0, source.Token).GetEnumerator();
        Assert.True(rows.MoveNext());
        source.Cancel();
        Assert.Equal(source.Token, Assert.Throws<OperationCanceledException>(() => rows.MoveNext()).CancellationToken);
        Assert.Equal(500000, duck.Rows(_folder["c.parquet"]).Count);
    }

    [Fact]
    public void ReadRows_BinaryAsText_ReadsUnmarkedBytesAsText()
    {
        duck.Parquet(_folder["b.parquet"], "SELECT encode('Zoë') AS v");
        using DuckDbFiles files = new(new DuckDbOptions { BinaryAsText = true });
        ReadOnlyMemory<byte> row = files.ReadRows(_folder["b.parquet"], 0, CancellationToken.None).Single()[0];
        Assert.Equal("""{"v":"Zoë"}""", Encoding.UTF8.GetString(row.Span));
        Assert.Equal(["""{"v":"Wm/Dqw=="}"""], duck.Rows(_folder["b.parquet"]));
    }
}
