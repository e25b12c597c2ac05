using Sluice.Records;

namespace Sluice.Tests.DuckDb;

public sealed class TableReadTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("(-5)::TINYINT", -5)]
    [InlineData("200::UTINYINT", 200)]
    [InlineData("(-300)::SMALLINT", -300)]
    [InlineData("60000::USMALLINT", 60000)]
    [InlineData("(-70000)::INTEGER", -70000)]
    [InlineData("4000000000::UINTEGER", 4000000000)]
    [InlineData("9007199254740993::BIGINT", 9007199254740993)]
    [InlineData("9007199254740993::UBIGINT", 9007199254740993)]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public void Read_WholeNumbers_AreIntegers(string sql, long expected) => Assert.Equal([expected, IntegerData.Missing], ((IntegerData)Column(sql)).Values);

    [Theory]
    [InlineData("0.1::FLOAT", 0.10000000149011612)]
    [InlineData("0.1::DOUBLE", 0.1)]
    [InlineData("1.25::DECIMAL(10,2)", 1.25)]
    [InlineData("'inf'::DOUBLE", double.PositiveInfinity)]
    public void Read_OtherNumbers_AreNumbers(string sql, double expected) => Assert.Equal([expected, double.NaN], ((NumberData)Column(sql)).Values);

    [Theory]
    [InlineData("'a'", "a")]
    [InlineData("DATE '2024-02-29'", "2024-02-29")]
    [InlineData("TIMESTAMP '2024-02-29 01:02:03'", "2024-02-29 01:02:03")]
    [InlineData("'\\x00\\xFF\\x41'::BLOB", "AP9B")]
    [InlineData("{'a': 1, 'b': [DATE '2020-01-01']}", "{\"a\":1,\"b\":[\"2020-01-01\"]}")]
    [InlineData("MAP {1: 'x'}", "{\"1\":\"x\"}")]
    [InlineData("'b5f5f5b5-1111-2222-3333-444455556666'::UUID", "b5f5f5b5-1111-2222-3333-444455556666")]
    public void Read_AnythingElse_IsText(string sql, string expected) => Assert.Equal([expected, null], ((TextData)Column(sql)).Values.AsEnumerable());

    [Theory]
    [InlineData("[1, NULL]::INTEGER[]")]
    [InlineData("[1, NULL]::DECIMAL(5,1)[]")]
    [InlineData("[1, NULL]::FLOAT[]")]
    [InlineData("[true, NULL]")]
    public void Read_ListsOfNumbers_AreNumberLists(string sql) => Assert.Equal([[1, double.NaN], null], ((NumberListData)Column(sql)).Values);

    [Theory]
    [InlineData("['a', 'b']", "a", "b")]
    [InlineData("[DATE '2020-01-01']", "2020-01-01")]
    public void Read_ListsOfTexts_AreTextLists(string sql, params string[] expected) => Assert.Equal([expected, null], ((TextListData)Column(sql)).Values);

    [Theory]
    [InlineData("[[1]]")]
    [InlineData("[{'a': 1}]")]
    [InlineData("['a', NULL]")]
    [InlineData("18446744073709551615::UBIGINT")]
    [InlineData("(-9223372036854775808)::BIGINT")]
    public void Read_WhatHasNoPlace_NamesTheFile(string sql)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Column(sql));
        Assert.Contains("t.parquet", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p.parquet")]
    [InlineData("p.csv")]
    [InlineData("p.jsonl")]
    public void Read_SomeColumns_GivesThemInTheOrderAskedFor(string name)
    {
        duck.Files.Write(_folder[name], [new("a", new IntegerData([1])), new("b", new IntegerData([2])), new("c", new IntegerData([3]))]);
        Assert.Equal(["c", "a"], duck.Files.Read(_folder[name], ["c", "a"]).Select(column => column.Name));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => duck.Files.Read(_folder[name], ["a", "d"]));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("no column 'd'; it has 'a', 'b', 'c'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_JsonLines_InfersOverAllRowsAndKeepsTexts()
    {
        List<string> lines = [.. Enumerable.Range(0, 30000).Select(i => $$"""{"n": {{i}}, "d": "2024-01-01T00:00:00Z", "l": [], "u": "B5F5F5B5-1111-2222-3333-444455556666"}""")];
        lines.Add("""{"n": 0.5, "d": "x", "l": ["a", "2020-01-01"], "late": "7", "o": {"k": null}, "m": 1}""");
        lines.Add("");
        lines.Add("""{"m": "z"}""");
        File.WriteAllLines(_folder["i.jsonl"], lines);
        var found = duck.Files.Read(_folder["i.jsonl"], null).ToDictionary(column => column.Name, column => column.Data);
        Assert.Equal(["n", "d", "l", "u", "late", "o", "m"], found.Keys);
        Assert.Equal(0.5, ((NumberData)found["n"]).Values[30000]);
        Assert.Equal(double.NaN, ((NumberData)found["n"]).Values[30001]);
        Assert.Equal("2024-01-01T00:00:00Z", ((TextData)found["d"]).Values[0]);
        Assert.Equal("B5F5F5B5-1111-2222-3333-444455556666", ((TextData)found["u"]).Values[0]);
        Assert.Equal(["a", "2020-01-01"], ((TextListData)found["l"]).Values[30000]!);
        Assert.Empty(((TextListData)found["l"]).Values[0]!);
        Assert.Equal([null, "7", null], ((TextData)found["late"]).Values.Skip(29999));
        Assert.Equal([null, "1", "z"], ((TextData)found["m"]).Values.Skip(29999));
    }

    [Fact]
    public void Read_EmptyListsAlone_AreEmptyTextLists()
    {
        File.WriteAllText(_folder["e.jsonl"], "{\"l\":[]}\n{\"l\":null}\n");
        string[]?[] lists = ((TextListData)duck.Files.Read(_folder["e.jsonl"], null)[0].Data).Values;
        Assert.Empty(lists[0]!);
        Assert.Null(lists[1]);
    }

    [Fact]
    public void Read_MixedListWithObjects_Throws()
    {
        File.WriteAllText(_folder["m.jsonl"], "{\"l\":[\"a\"]}\n{\"l\":[{\"x\":1}]}\n");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => duck.Files.Read(_folder["m.jsonl"], null));
        Assert.Contains("m.jsonl", error.Message, StringComparison.Ordinal);
        Assert.Contains("column 'l'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BrokenJsonLines_NamesFileAndLine()
    {
        File.WriteAllText(_folder["b.jsonl"], "{\"a\":1}\n{\"a\":2 \"b\"}\n");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => duck.Files.Read(_folder["b.jsonl"], null));
        Assert.Contains("b.jsonl", error.Message, StringComparison.Ordinal);
        Assert.Contains("line", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CsvOfAPerson_TakesTypesOfAllRowsAndQuotedBreaks()
    {
        File.WriteAllText(_folder["p.csv"], "row,value,note\n0,1,2024-01-01\n1,2.5,\"a \"\"b\"\",\r\nc\"\n2,,\"\"\n3,1e3,\n");
        IReadOnlyList<NamedColumn> found = duck.Files.Read(_folder["p.csv"], ["row", "value", "note"]);
        Assert.Equal([0, 1, 2, 3], ((IntegerData)found[0].Data).Values);
        Assert.Equal([1, 2.5, double.NaN, 1000], ((NumberData)found[1].Data).Values);
        Assert.Equal(["2024-01-01", "a \"b\",\r\nc", "", null], ((TextData)found[2].Data).Values.AsEnumerable());
    }

    [Fact]
    public void Read_CsvWithARowTooLong_NamesTheFile()
    {
        File.WriteAllText(_folder["r.csv"], "a,b\n1,2\n1,2,3\n");
        Assert.Contains("r.csv", Assert.Throws<InvalidDataException>(() => duck.Files.Read(_folder["r.csv"], null)).Message, StringComparison.Ordinal);
    }

    private ColumnData Column(string sql)
    {
        duck.Parquet(_folder["t.parquet"], $"SELECT {sql} AS v UNION ALL SELECT NULL");
        return Assert.Single(duck.Files.Read(_folder["t.parquet"], null)).Data;
    }
}
