using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.DuckDb;

namespace Sluice.Tests.DuckDb;

public sealed class ConvertTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ConvertJsonLinesToParquet_RowsOfAPool_KeepEveryFieldAndItsOrder()
    {
        string[] rows =
        [
            """{"conversations":[{"from":"human","value":"hi \"you\"\n"},{"from":"gpt","value":"hé 🙂"}],"id":"2024-01-01","score":1.5,"n":9007199254740993,"meta":{"a":null,"b":[1,2]}}""",
            """{"conversations":[],"id":"b","score":-0.25,"n":1,"meta":{"a":"x","b":[]}}""",
            """{"conversations":null,"id":"\u0000","score":1e300,"n":-5,"meta":null}""",
        ];
        File.WriteAllText(_folder["r.jsonl"], string.Join('\n', rows));
        duck.Files.ConvertJsonLinesToParquet(_folder["r.jsonl"], _folder["r.parquet"]);
        Assert.Equal(["conversations", "id", "score", "n", "meta"], duck.Files.ReadShape(_folder["r.parquet"]).Columns);
        List<string> found = duck.Rows(_folder["r.parquet"]);
        Assert.Equal(3, found.Count);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(rows[i]), JsonNode.Parse(found[i])), found[i]);
        }
    }

    [Fact]
    public void ConvertJsonLinesToParquet_ManyRows_KeepsOrderAndGivesTheSameBytes()
    {
        File.WriteAllLines(_folder["m.jsonl"], Enumerable.Range(0, 150_000).Select(i => $$"""{"i":{{i}},"t":"{{new string((char)('a' + (i % 26)), i % 300)}}"}"""));
        HashSet<string> hashes = [];
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using DuckDbFiles files = new(new DuckDbOptions { Threads = threads });
            files.ConvertJsonLinesToParquet(_folder["m.jsonl"], _folder["m.parquet"]);
            hashes.Add(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder["m.parquet"]))));
        }

        Assert.Single(hashes);
        Assert.Equal(Enumerable.Range(0, 150_000).Select(i => (long)i), ((Sluice.Records.IntegerData)duck.Files.Read(_folder["m.parquet"], ["i"])[0].Data).Values);
    }

    [Fact]
    public void ConvertJsonLinesToParquet_LongLine_IsKept()
    {
        string text = new('x', 30_000_000);
        File.WriteAllText(_folder["l.jsonl"], $"{{\"t\":\"a\"}}\n{{\"t\":\"{text}\"}}\n");
        duck.Files.ConvertJsonLinesToParquet(_folder["l.jsonl"], _folder["l.parquet"]);
        Assert.Equal(["a", text], ((Sluice.Records.TextData)duck.Files.Read(_folder["l.parquet"], ["t"])[0].Data).Values.AsEnumerable());
    }

    [Fact]
    public void ConvertJsonLinesToParquet_NamesThatDifferByCase_AreRefusedAtTheTopAndKeptBelow()
    {
        File.WriteAllText(_folder["c.jsonl"], """{"s":{"a":1,"A":2}}""");
        duck.Files.ConvertJsonLinesToParquet(_folder["c.jsonl"], _folder["c.parquet"]);
        Assert.Equal(["""{"s":{"a":1,"A":2}}"""], duck.Rows(_folder["c.parquet"]));
        File.WriteAllText(_folder["c.jsonl"], """{"a":1,"A":2}""");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => duck.Files.ConvertJsonLinesToParquet(_folder["c.jsonl"], _folder["c.parquet"]));
        Assert.Contains("'a' and 'A'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[9007199254740993, -5]")]
    [InlineData("[18446744073709551615, 0]")]
    [InlineData("[18446744073709551615, -1]")]
    [InlineData("[123456789012345678901234567890, 1]")]
    [InlineData("[9007199254740993, 0.5]")]
    [InlineData("[1, 0.5]")]
    [InlineData("[1, \"a\", {\"b\":null}, [2], true, null]")]
    [InlineData("[{}, {}]")]
    [InlineData("[[], []]")]
    [InlineData("[null]")]
    [InlineData("[{\"\":1}]")]
    [InlineData("[\"2024-01-01\", \"12:00:00\", \"B5F5F5B5-1111-2222-3333-444455556666\"]")]
    public void ConvertJsonLinesToParquet_ValuesOfManyKinds_AreExactlyKept(string values)
    {
        JsonNode?[] expected = [.. JsonNode.Parse(values)!.AsArray()];
        File.WriteAllLines(_folder["v.jsonl"], expected.Select(value => $"{{\"v\":{value?.ToJsonString() ?? "null"}}}"));
        duck.Files.ConvertJsonLinesToParquet(_folder["v.jsonl"], _folder["v.parquet"]);
        JsonNode?[] found = [.. duck.Rows(_folder["v.parquet"]).Select(row => JsonNode.Parse(row)!["v"])];
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.True(JsonNode.DeepEquals(pair.First, pair.Second), $"{pair.First} became {pair.Second}"));
    }

    [Fact]
    public void ConvertJsonLinesToParquet_ObjectsWithAnyKeys_AreKeptAsJson()
    {
        string[] rows = [.. Enumerable.Range(0, 500).Select(i => $$$"""{"args":{"k{{{i}}}":{{{i}}}}}""")];
        File.WriteAllLines(_folder["k.jsonl"], rows);
        duck.Files.ConvertJsonLinesToParquet(_folder["k.jsonl"], _folder["k.parquet"]);
        Assert.Equal(rows, duck.Rows(_folder["k.parquet"]));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":")]
    [InlineData("{\"a\":1}\n3\n")]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("{\"a\\u0000b\":1}\n")]
    [InlineData("{\"a\":\"\\ud800\"}\n")]
    [InlineData("{\"\":1}\n")]
    public void ConvertJsonLinesToParquet_BrokenInput_NamesTheInput(string text)
    {
        File.WriteAllText(_folder["b.jsonl"], text);
        Assert.Contains("b.jsonl", Assert.Throws<InvalidDataException>(() => duck.Files.ConvertJsonLinesToParquet(_folder["b.jsonl"], _folder["b.parquet"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConvertJsonLinesToParquet_FolderMissing_NamesTheOutput()
    {
        File.WriteAllText(_folder["o.jsonl"], "{\"a\":1}\n");
        Assert.Contains("o.parquet", Assert.ThrowsAny<IOException>(() => duck.Files.ConvertJsonLinesToParquet(_folder["o.jsonl"], Path.Combine(_folder.Path, "no", "o.parquet"))).Message, StringComparison.Ordinal);
    }
}
