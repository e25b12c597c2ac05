using System.Security.Cryptography;
using System.Text.Json;
using Sluice.DuckDb;
using Sluice.Records;

namespace Sluice.Tests.DuckDb;

public sealed class TableWriteTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.jsonl")]
    public void Write_EveryKindOfColumn_ReadsBackAsItWas(string name)
    {
        duck.Files.Write(_folder[name], Columns());
        IReadOnlyList<NamedColumn> found = duck.Files.Read(_folder[name], null);
        Assert.Equal(Columns().Select(column => column.Name), found.Select(column => column.Name));
        Assert.Equal([1, IntegerData.Missing, long.MaxValue, long.MinValue + 1], ((IntegerData)found[0].Data).Values);
        Assert.Equal([0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity], ((NumberData)found[1].Data).Values);
        Assert.Equal(["Zoë \"漢\" 🙂\0\n", null, "", new string('x', 100000)], ((TextData)found[2].Data).Values.AsEnumerable());
        Assert.Equal([[1.5, double.NaN], null, [], [double.PositiveInfinity]], ((NumberListData)found[3].Data).Values);
        Assert.Equal([["a", "", "ü, \""], null, [], ["long enough to lie outside of the value"]], ((TextListData)found[4].Data).Values);
        Assert.Equal([[0.5, -1.25], null, [double.NaN, 3], [4, 5]], ((NumberListData)found[5].Data).Values);
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("jsonl")]
    public void Write_TextsMadeOnTheWay_GivesTheBytesOfTextsInMemory(string kind)
    {
        // More than a chunk, and long enough that their bytes decide the size of a row group.
        string?[] texts = [.. Enumerable.Range(0, 5000).Select(i => i % 7 == 0 ? null : new string((char)('a' + (i % 26)), i % 11 == 0 ? 20000 : 5))];
        duck.Files.Write(_folder[$"held.{kind}"], [new("text", new TextData(texts))]);
        duck.Files.Write(_folder[$"made.{kind}"], [new("text", new MadeTextData(texts.Length, i => texts[i]))]);
        Assert.Equal(File.ReadAllBytes(_folder[$"held.{kind}"]), File.ReadAllBytes(_folder[$"made.{kind}"]));
    }

    [Fact]
    public void Write_TextThatCannotBeMade_ThrowsWhatItThrewAndTheNextWriteIsWhole()
    {
        // Behind those that are made to guess how long they are.
        MadeTextData broken = new(30_000, i => i == 29_999 ? throw new TimeZoneNotFoundException("here") : "x");
        Assert.Equal("here", Assert.Throws<TimeZoneNotFoundException>(() => duck.Files.Write(_folder["b.parquet"], [new("text", broken)])).Message);
        duck.Files.Write(_folder["w.parquet"], Columns());
        Assert.Equal(Columns().Select(column => column.Name), duck.Files.Read(_folder["w.parquet"], null).Select(column => column.Name));
    }

    [Fact]
    public void Write_ManyAtOnce_EachHoldsItsOwnRows()
    {
        Parallel.For(0, 12, file =>
        {
            long[] values = [.. Enumerable.Range(0, 10_000).Select(i => ((long)file << 32) + i)];
            duck.Files.Write(_folder[$"{file}.parquet"], [new("n", new IntegerData(values)), new("t", new MadeTextData(values.Length, i => $"{file} {i}"))]);
            IReadOnlyList<NamedColumn> found = duck.Files.Read(_folder[$"{file}.parquet"], ["n", "t"]);
            Assert.Equal(values, ((IntegerData)found[0].Data).Values);
            Assert.Equal($"{file} 9999", ((TextData)found[1].Data).Values[^1]);
        });
    }

    [Fact]
    public void Write_Csv_ReadsBackWithListsAsText()
    {
        duck.Files.Write(_folder["t.csv"], Columns());
        IReadOnlyList<NamedColumn> found = duck.Files.Read(_folder["t.csv"], null);
        Assert.Equal([1, IntegerData.Missing, long.MaxValue, long.MinValue + 1], ((IntegerData)found[0].Data).Values);
        Assert.Equal([0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity], ((NumberData)found[1].Data).Values);
        Assert.Equal(["Zoë \"漢\" 🙂\0\n", null, "", new string('x', 100000)], ((TextData)found[2].Data).Values.AsEnumerable());
        Assert.Equal(["[0.5, -1.25]", null, "[NULL, 3.0]", "[4.0, 5.0]"], ((TextData)found[5].Data).Values.Select(text => text?.Replace("nan", "NULL", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("c.csv")]
    [InlineData("c.jsonl")]
    [InlineData("c.parquet")]
    public void Write_OneColumnWithAbsentTexts_KeepsEveryRow(string name)
    {
        string?[] values = [null, "a", null, "", "b", null];
        duck.Files.Write(_folder[name], [new("only, \"one\"", new TextData(values))]);
        NamedColumn found = Assert.Single(duck.Files.Read(_folder[name], ["only, \"one\""]));
        Assert.Equal(values, ((TextData)found.Data).Values.AsEnumerable());
    }

    [Fact]
    public void Write_JsonLines_IsValidJsonInColumnOrder()
    {
        duck.Files.Write(_folder["v.jsonl"], Columns());
        string[] lines = File.ReadAllLines(_folder["v.jsonl"]);
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(Columns().Select(column => column.Name), JsonDocument.Parse(line).RootElement.EnumerateObject().Select(field => field.Name)));
        Assert.StartsWith("""{"integer":1,"number":0.1,"text":"Zoë \"漢\" 🙂\u0000\n","numbers":[1.5,null],"texts":["a","","ü, \""],"vector":[0.5,-1.25]}""", lines[0], StringComparison.Ordinal);
        Assert.Equal("""{"integer":null,"number":null,"text":null,"numbers":null,"texts":null,"vector":null}""", lines[1]);
    }

    [Theory]
    [InlineData("m.parquet")]
    [InlineData("m.csv")]
    [InlineData("m.jsonl")]
    public void Write_ManyRowsTwice_GivesTheSameBytesWhateverTheThreads(string name)
    {
        Random random = new(30);
        const int Rows = 150_001;
        NamedColumn[] columns =
        [
            new("i", new IntegerData([.. Enumerable.Range(0, Rows).Select(i => (long)i)])),
            new("d", new NumberData([.. Enumerable.Range(0, Rows).Select(_ => random.Next(5) == 0 ? double.NaN : random.NextDouble())])),
            new("t", new TextData([.. Enumerable.Range(0, Rows).Select(i => i % 7 == 0 ? null : $"tag {random.Next(100)}")])),
        ];
        HashSet<string> hashes = [];
        foreach (int threads in new[] { 1, 2, 4 })
        {
            using DuckDbFiles files = new(new DuckDbOptions { Threads = threads, MemoryLimitMegabytes = threads == 4 ? 64 : 512 });
            files.Write(_folder[name], columns);
            hashes.Add(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder[name]))));
        }

        Assert.Single(hashes);
        IReadOnlyList<NamedColumn> found = duck.Files.Read(_folder[name], ["t", "i"]);
        Assert.Equal(((TextData)columns[2].Data).Values, ((TextData)found[0].Data).Values.AsEnumerable());
        Assert.Equal(((IntegerData)columns[0].Data).Values, ((IntegerData)found[1].Data).Values);
    }

    [Fact]
    public void Write_MoreThanTheMemoryLimit_GoesThroughDisk()
    {
        string spill = _folder["spill"];
        HashSet<string> hashes = [];
        foreach (int threads in new[] { 1, 2 })
        {
            using DuckDbFiles files = new(new DuckDbOptions { Threads = threads, MemoryLimitMegabytes = threads == 1 ? 96 : 1024, TemporaryFolder = spill });
            float[] values = new float[70_000 * 384];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = i % 65521;
            }

            files.Write(_folder["v.parquet"], [new("v", new VectorData(values, 384))]);
            hashes.Add(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder["v.parquet"]))));
            NumberListData found = (NumberListData)duck.Files.Read(_folder["v.parquet"], ["v"])[0].Data;
            Assert.Equal(70_000, found.Count);
            Assert.All(new[] { 0, 54321, 69_999 }, row => Assert.Equal(values.AsSpan(row * 384, 384).ToArray().Select(value => (double)value), found.Values[row]));
        }

        Assert.Single(hashes);
        Assert.Empty(Directory.GetFileSystemEntries(spill));
    }

    [Theory]
    [InlineData("z.parquet")]
    [InlineData("z.csv")]
    public void Write_NoRows_KeepsTheColumns(string name)
    {
        duck.Files.Write(_folder[name], [new("a", new TextData([])), new("b", new TextData([]))]);
        IReadOnlyList<NamedColumn> found = duck.Files.Read(_folder[name], null);
        Assert.Equal(["a", "b"], found.Select(column => column.Name));
        Assert.All(found, column => Assert.Equal(0, column.Data.Count));
    }

    [Fact]
    public void Write_NoRowsAsJsonLines_IsAnEmptyFileWithoutColumns()
    {
        duck.Files.Write(_folder["z.jsonl"], [new("a", new TextData([]))]);
        Assert.Empty(File.ReadAllBytes(_folder["z.jsonl"]));
        Assert.Empty(duck.Files.Read(_folder["z.jsonl"], null));
    }

    [Theory]
    [InlineData("x.parquet")]
    [InlineData("x.csv")]
    [InlineData("x.jsonl")]
    public void Write_FolderMissing_ThrowsIOExceptionWithThePath(string name)
    {
        IOException error = Assert.ThrowsAny<IOException>(() => duck.Files.Write(Path.Combine(_folder.Path, "no", name), Columns()));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WrongColumns_SaysWhich()
    {
        Assert.Contains(".txt", Assert.Throws<ArgumentException>(() => duck.Files.Write(_folder["x.txt"], Columns())).Message, StringComparison.Ordinal);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => duck.Files.Write(_folder["x.csv"], [new("a", new TextData(["x"])), new("b", new TextData([]))])).Message, StringComparison.Ordinal);
        Assert.Contains("'A'", Assert.Throws<ArgumentException>(() => duck.Files.Write(_folder["x.csv"], [new("a", new TextData([])), new("A", new TextData([]))])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => duck.Files.Write(_folder["x.csv"], []));
    }

    private static NamedColumn[] Columns() =>
    [
        new("integer", new IntegerData([1, IntegerData.Missing, long.MaxValue, long.MinValue + 1])),
        new("number", new NumberData([0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity])),
        new("text", new TextData(["Zoë \"漢\" 🙂\0\n", null, "", new string('x', 100000)])),
        new("numbers", new NumberListData([[1.5, double.NaN], null, [], [double.PositiveInfinity]])),
        new("texts", new TextListData([["a", "", "ü, \""], null, [], ["long enough to lie outside of the value"]])),
        new("vector", new VectorData([0.5f, -1.25f, float.NaN, float.NaN, float.NaN, 3, 4, 5], 2)),
    ];
}
